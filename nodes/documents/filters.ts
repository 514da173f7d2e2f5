import { PaperlessError } from '../api/errors';
import type { Kind } from '../api/kinds';
import { orderingOfSavedView, queryOfSavedView } from '../api/savedViewRules';
import type { Query } from '../api/httpTransport';
import { instant, plainDate } from '../toolkit/dates';
import type { Context } from '../toolkit/operation';
import { innerParameters } from '../toolkit/parameter';
import type { Parameter } from '../toolkit/parameter';
import { requiredReferences, toReference } from '../toolkit/references';
import { customFieldQuery } from './customFieldQuery';
import type { FilterValues } from './filterParameters';
import { filterParameters } from './filterParameters';

/** Parameters that hold ids or names, and the server's filter that each becomes. */
const relations = {
	allCustomFields: { filter: 'custom_fields__id__all', kind: 'customField' },
	allTags: { filter: 'tags__id__all', kind: 'tag' },
	anyCustomFields: { filter: 'custom_fields__id__in', kind: 'customField' },
	anyTags: { filter: 'tags__id__in', kind: 'tag' },
	correspondents: { filter: 'correspondent__id__in', kind: 'correspondent' },
	documentTypes: { filter: 'document_type__id__in', kind: 'documentType' },
	excludeCorrespondents: { filter: 'correspondent__id__none', kind: 'correspondent' },
	excludeCustomFields: { filter: 'custom_fields__id__none', kind: 'customField' },
	excludeDocumentTypes: { filter: 'document_type__id__none', kind: 'documentType' },
	excludeOwners: { filter: 'owner__id__none', kind: 'user' },
	excludeStoragePaths: { filter: 'storage_path__id__none', kind: 'storagePath' },
	excludeTags: { filter: 'tags__id__none', kind: 'tag' },
	owners: { filter: 'owner__id__in', kind: 'user' },
	storagePaths: { filter: 'storage_path__id__in', kind: 'storagePath' },
} as const satisfies Record<string, { filter: string; kind: Kind }>;

/** `is…null` filters ask for the opposite of what people tick. */
const flags = {
	hasArchiveSerialNumber: { filter: 'archive_serial_number__isnull', negated: true },
	hasCorrespondent: { filter: 'correspondent__isnull', negated: true },
	hasCustomFields: { filter: 'has_custom_fields', negated: false },
	hasDocumentType: { filter: 'document_type__isnull', negated: true },
	hasOwner: { filter: 'owner__isnull', negated: true },
	hasStoragePath: { filter: 'storage_path__isnull', negated: true },
	hasTags: { filter: 'is_tagged', negated: false },
	inInbox: { filter: 'is_in_inbox', negated: false },
} as const;

const withInner = (parameters: readonly Parameter[]): Parameter[] =>
	parameters.flatMap((parameter) => [parameter, ...withInner(innerParameters(parameter))]);

const parameterLabels = new Map(
	withInner(filterParameters).map(({ name, displayName }) => [name, displayName]),
);

/** What the panel calls the fields that rows of conditions are about. */
const fieldLabels: ReadonlyMap<string, string> = new Map(
	withInner(filterParameters)
		.filter(({ name }) => name === 'field')
		.flatMap(({ options = [] }) =>
			options.flatMap((option) =>
				'value' in option ? [[String(option.value), option.name] as const] : [],
			),
		),
);

type Entry = readonly [filter: string, value: string];

function filled(value: string, label: string): string {
	if (value.trim() !== '') return value.trim();
	throw new PaperlessError('invalid', `A filter on “${label}” is empty`, {
		description:
			'An empty filter would let every document pass. Enter a value, or remove the filter.',
	});
}

/** These two know no other comparison than “contains”. */
const containsOnly: Readonly<Record<string, string>> = {
	custom_fields: 'custom_fields__icontains',
	search: 'search',
	title_content: 'title_content',
};

function textEntries({ rows = [] }: FilterValues['textFilters']): Entry[] {
	return rows.map(({ field, condition, value }) => {
		const label = fieldLabels.get(field) ?? field;
		const text = filled(value, label);
		const fixed = containsOnly[field];
		if (fixed !== undefined && condition !== 'icontains') {
			throw new PaperlessError('invalid', `“${label}” can only be searched by “Contains”`, {
				description: 'Choose the condition “Contains”, or another field.',
				parameter: 'textFilters',
			});
		}
		return [fixed ?? `${field}__${condition}`, text];
	});
}

function dateEntries({ rows = [] }: FilterValues['dateFilters'], timeZone: string): Entry[] {
	return rows.flatMap(({ field, condition, value }): Entry[] => {
		const label = fieldLabels.get(field) ?? field;
		const text = filled(value, label);
		if (condition === 'year' || condition === 'month' || condition === 'day') {
			if (/^\d{1,4}$/.test(text)) return [[`${field}__${condition}`, text]];
			throw new PaperlessError('invalid', `“${text}” is not a ${condition}`, {
				description: 'Enter a whole number.',
				parameter: 'dateFilters',
			});
		}
		if (condition === 'on') {
			const date = plainDate(text, label);
			return [
				[`${field}__date__gte`, date],
				[`${field}__date__lte`, date],
			];
		}
		// `created` is a day without a time; a day is also meant where no time is written (§5.1).
		const dayOnly = field === 'created' || !text.includes('T');
		return dayOnly
			? [[`${field}__date__${condition}`, plainDate(text, label)]]
			: [[`${field}__${condition}`, instant(text, label, timeZone)]];
	});
}

const numberEntries = ({ rows = [] }: FilterValues['numberFilters']): Entry[] =>
	rows.map(({ field, condition, value }) => [
		condition === 'is' ? field : `${field}__${condition}`,
		String(value),
	]);

async function relationEntries(
	{ names }: Context,
	filters: FilterValues['filters'],
): Promise<Entry[]> {
	const set = Object.entries(relations).flatMap(([name, relation]) => {
		const value = filters[name as keyof typeof relations];
		return value === undefined ? [] : [{ name, value, ...relation }];
	});
	return await Promise.all(
		set.map(async ({ name, value, filter, kind }): Promise<Entry> => {
			const found = await Promise.all(
				requiredReferences(value, parameterLabels.get(name) ?? name).map(
					async (reference) => await names.find(kind, reference, name),
				),
			);
			return [filter, found.map(({ id }) => id).join(',')];
		}),
	);
}

const flagEntries = (filters: FilterValues['filters']): Entry[] =>
	Object.entries(flags).flatMap(([name, { filter, negated }]): Entry[] => {
		const value = filters[name as keyof typeof flags];
		return value === undefined ? [] : [[filter, String(value !== negated)]];
	});

function idEntries(ids: string | undefined): Entry[] {
	if (ids === undefined) return [];
	const given = filled(ids.replace(/[[\]"\s]/g, ''), 'IDs')
		.split(',')
		.filter(Boolean);
	if (given.length > 0 && given.every((id) => /^\d+$/.test(id)))
		return [['id__in', given.join(',')]];
	throw new PaperlessError('invalid', '“IDs” takes document IDs', {
		description: `It is “${ids}”. Separate them by commas, e.g. 12, 34.`,
		parameter: 'ids',
	});
}

function parsedQuery(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

async function customFieldEntries(
	context: Context,
	values: FilterValues,
	view: Query,
): Promise<Entry[]> {
	const { customFieldQuery: written } = values.filters;
	const own =
		written === undefined ? undefined : parsedQuery(filled(written, 'Custom Field Query'));
	if (written !== undefined && !Array.isArray(own)) {
		throw new PaperlessError('invalid', '“Custom Field Query (JSON)” is not readable', {
			description: 'Write a JSON array such as ["Paid", "exact", false].',
			parameter: 'customFieldQuery',
		});
	}
	const built = await customFieldQuery(context, values.customFieldFilters.groups ?? []);
	const viewed =
		view.custom_field_query === undefined ? undefined : parsedQuery(view.custom_field_query);
	const all = [own, built, viewed].filter((query) => query !== undefined);
	if (all.length === 0) return [];
	return [['custom_field_query', JSON.stringify(all.length > 1 ? ['AND', all] : all[0])]];
}

/** The server takes the last of two equal filters; which one was meant cannot be known. */
function withoutContradiction(entries: readonly Entry[]): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [filter, value] of entries) {
		if (query[filter] !== undefined && query[filter] !== value) {
			throw new PaperlessError('invalid', `The filter “${filter}” is set twice`, {
				description: `Once to “${query[filter]}”, once to “${value}” (a saved view may have set it). Paperless-ngx takes one value of each.`,
			});
		}
		query[filter] = value;
	}
	return query;
}

/** Whether the server answers from its search index, not from its database (paperless-api §4). */
export const asksIndex = (query: Query): boolean =>
	['query', 'more_like_id', 'text', 'title_search'].some((filter) => filter in query);

export type Filtering = { query: Query; ordering: string | undefined };

/**
 * All conditions as the server's filters. A value that is empty or cannot be resolved is an
 * error: the server would ignore it and return every document (trap 7).
 */
export async function filtersFrom(context: Context, values: FilterValues): Promise<Filtering> {
	const { filters, dateFilters, numberFilters, textFilters } = values;
	for (const [name, value] of Object.entries(filters)) {
		if (value === undefined) filled('', parameterLabels.get(name) ?? name);
	}
	const { ids, mimeType, savedView, sharedBy } = filters;
	const view =
		savedView &&
		(await context.names.find('savedView', toReference(savedView, 'Saved View'), 'savedView'));
	const viewQuery: Query = view ? queryOfSavedView(view) : {};
	const viewFilters = Object.entries(viewQuery).filter(
		([filter]) => filter !== 'custom_field_query',
	);
	const user =
		sharedBy && (await context.names.find('user', toReference(sharedBy, 'Shared By'), 'sharedBy'));
	return {
		query: withoutContradiction([
			...viewFilters,
			...(await relationEntries(context, filters)),
			...flagEntries(filters),
			...idEntries(ids),
			...(mimeType === undefined ? [] : [['mime_type', filled(mimeType, 'MIME Type')] as const]),
			...(user ? [['shared_by__id', String(user.id)] as const] : []),
			...textEntries(textFilters),
			...dateEntries(dateFilters, context.timeZone),
			...numberEntries(numberFilters),
			...(await customFieldEntries(context, values, viewQuery)),
		]),
		ordering: view && orderingOfSavedView(view),
	};
}
