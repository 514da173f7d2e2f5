import { fullTextQuery } from '../../../api/fullText';
import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/transport';
import type { Context } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { toReferences } from '../../../toolkit/references';
import { limitOf } from '../shared/listing';
import { filtersFrom } from './filters';
import type { GetManyValues } from './getManyParameters';
import { getManyParameters } from './getManyParameters';
import type { Presentation } from './output';
import { fieldsQuery, present } from './output';

function searchQuery({ searchMode, searchText, similarTo }: GetManyValues): Query {
	if (searchMode === 'none') return {};
	if (searchMode === 'similar') {
		if (/^\d+$/.test(similarTo.trim())) return { more_like_id: similarTo.trim() };
		throw new PaperlessError('invalid', `“${similarTo}” is not the ID of a document`, {
			description: 'Check the expression that fills the field.',
			parameter: 'similarTo',
		});
	}
	const query = fullTextQuery(searchMode, searchText);
	if (query !== '') return { query };
	throw new PaperlessError('invalid', 'There are no words to search for', {
		description:
			'Enter some under “Search Text”, or set “Search” to None. Single letters and words such as “the” are not searched for.',
		parameter: 'searchText',
	});
}

type Sorting = { fields: string[]; byRelevance: boolean };

async function sorting(
	{ api, names }: Context,
	{ rows = [] }: GetManyValues['sort'],
): Promise<Sorting> {
	const fields = await Promise.all(
		rows
			.filter(({ field }) => field !== 'relevance')
			.map(async ({ field, customField, direction }) => {
				if (field === 'storage_path__name') (await api.server()).require('sortByStoragePath');
				const sign = direction === 'descending' ? '-' : '';
				if (field !== 'customField') return sign + field;
				const [reference] = toReferences(customField, 'Custom Field');
				const { id } = await names.find('customField', reference ?? '', 'sort');
				return `${sign}custom_field_${id}`;
			}),
	);
	return { fields, byRelevance: rows.some(({ field }) => field === 'relevance') };
}

/**
 * How the server shall sort. Equal rows are told apart by the id, so that no page repeats or
 * loses one; neither full text search nor a custom field take a second field (§2.2, §4.4).
 */
function orderingQuery(
	{ fields, byRelevance }: Sorting,
	view: string | undefined,
	isSearch: boolean,
): Query {
	const special = fields.some((field) => field.includes('custom_field_'));
	if (
		(byRelevance && (!isSearch || fields.length > 0)) ||
		(fields.length > 1 && (special || isSearch))
	) {
		throw new PaperlessError('invalid', 'Paperless-ngx cannot sort like this', {
			description: byRelevance
				? 'Relevance stands alone and needs a full text search.'
				: 'Custom fields and full text searches are sorted by one field only.',
			parameter: 'sort',
		});
	}
	if (isSearch) return fields[0] && !byRelevance ? { ordering: fields[0] } : {};
	if (special) return { ordering: fields.join(',') };
	const wanted = fields.length > 0 ? fields : [view ?? '-created'];
	const tie = wanted.some((field) => /^-?(id|custom_field_\d+)$/.test(field))
		? []
		: [wanted.at(-1)?.startsWith('-') ? '-id' : 'id'];
	return { ordering: [...wanted, ...tie].join(',') };
}

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many documents',
	description: 'Find documents by full text, filters, custom fields or a saved view',
	access: 'read',
	parameters: getManyParameters,
	async execute(context, values) {
		const { options, output, selectedFields } = values;
		const presentation: Presentation = {
			output,
			selectedFields,
			includeContent:
				options.includeContent ?? (output === 'selected' && selectedFields.includes('content')),
			contentMaxLength: options.contentMaxLength,
		};
		const search = searchQuery(values);
		const [filtering, sort] = await Promise.all([
			filtersFrom(context, values),
			sorting(context, values.sort),
		]);
		const isSearch = ['query', 'more_like_id', 'text', 'title_search'].some(
			(name) => name in search || name in filtering.query,
		);
		const documents = await context.api.documents.list(
			{
				...filtering.query,
				...search,
				...orderingQuery(sort, filtering.ordering, isSearch),
				...fieldsQuery(presentation),
			},
			{ limit: limitOf(values) },
		);
		return (await present(context, documents, presentation)).map((json) => ({ json }));
	},
});
