import { PaperlessError } from '../../api/errors';
import { parseJson } from '../../api/json';
import { orderingOfSavedView, queryOfSavedView } from '../../api/savedViewRules';
import type { SearchQuery } from '../../api/explainSearch';
import { searchOf, viewOfQuery } from '../../api/explainSearch';
import type { Query } from '../../api/httpTransport';
import type { Context } from '../../toolkit/operation';
import { toReference } from '../../toolkit/references';
import { customFieldQuery } from './customFieldQuery';
import { dateEntries } from './dateConditions';
import type { FilterEntry } from './filterEntry';
import { filledValue } from './filterEntry';
import type { FilterValues } from './filtersParameter';
import { flagEntries } from './flagFilters';
import { periodEntries } from './periodFilters';
import { relationEntries } from './relationFilters';
import { serialNumberEntries } from './serialNumberConditions';
import { textEntries } from './textConditions';

function idEntries(ids: string | undefined): FilterEntry[] {
	if (ids === undefined) return [];
	const entries = filledValue(ids.replace(/[[\]"\s]/g, ''), 'IDs')
		.split(',')
		.filter(Boolean);
	if (entries.length > 0 && entries.every((entry) => /^\d+$/.test(entry)))
		return [['id__in', entries.join(',')]];
	throw new PaperlessError('invalid', '“IDs” takes document IDs', {
		description: `Received “${ids}”. Separate the IDs by commas, e.g. 12, 34.`,
		parameter: 'ids',
	});
}

const mimeTypeEntries = (mimeType: string | undefined): FilterEntry[] =>
	mimeType === undefined ? [] : [['mime_type', filledValue(mimeType, 'MIME Type')]];

async function sharedByEntries(
	{ names }: Context,
	{ sharedBy }: FilterValues,
): Promise<FilterEntry[]> {
	if (!sharedBy) return [];
	const { id } = await names.find('user', toReference(sharedBy, 'Shared By'), 'sharedBy');
	return [['shared_by__id', String(id)]];
}

function parsedQuery(text: string): unknown {
	const parsed = parseJson(text);
	return parsed.ok ? parsed.json : undefined;
}

function writtenQuery({ customFieldQuery: text }: FilterValues): unknown {
	if (text === undefined) return undefined;
	const query = parsedQuery(filledValue(text, 'Custom Field Query'));
	if (Array.isArray(query)) return query;
	throw new PaperlessError('invalid', '“Custom Field Query (JSON)” is not readable', {
		description: 'Write a JSON array such as ["Paid", "exact", false].',
		parameter: 'customFieldQuery',
	});
}

async function customFieldEntries(
	context: Context,
	filters: FilterValues,
	{ custom_field_query: ofView }: Query,
): Promise<FilterEntry[]> {
	const queries = [
		writtenQuery(filters),
		await customFieldQuery(context, filters.customFieldConditions?.groups ?? []),
		ofView === undefined ? undefined : parsedQuery(ofView),
	].filter((query) => query !== undefined);
	if (queries.length === 0) return [];
	const query = queries.length > 1 ? ['AND', queries] : queries[0];
	return [['custom_field_query', JSON.stringify(query)]];
}

/** The server takes the last of two equal filters, and nobody can know which one was meant. */
function withoutContradiction(entries: readonly FilterEntry[]): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [filter, value] of entries) {
		if (query[filter] !== undefined && query[filter] !== value) {
			throw new PaperlessError('invalid', `The filter “${filter}” is set twice`, {
				description: `Once to “${query[filter]}”, once to “${value}” (a saved view may have set it). Paperless-ngx accepts one value per filter.`,
			});
		}
		query[filter] = value;
	}
	return query;
}

/**
 * Whether the server answers from its search index, not from its database
 * (docs/paperless-api.md#full-text-filters).
 */
export const asksIndex = (query: Query): boolean =>
	['query', 'more_like_id', 'text', 'title_search'].some((filter) => filter in query);

/** `ordering` is that of the saved view, where one is chosen. */
type Filtering = { query: SearchQuery; ordering: string | undefined };

/** `check` rejects ids that do not exist. After the names of the output it costs no request. */
type Unchecked = Filtering & { check: () => Promise<void> };

/**
 * All conditions as the server's filters. A value that is empty or cannot be resolved is
 * rejected: the server would ignore it and return every document
 * (docs/paperless-api.md#ignored-filters). The result of a read must not be shown before the `check`.
 */
export async function uncheckedFilters(
	context: Context,
	filters: FilterValues,
): Promise<Unchecked> {
	const { savedView, texts = {}, dates = {}, archiveSerialNumber = {} } = filters;
	const view =
		savedView &&
		(await context.names.find('savedView', toReference(savedView, 'Saved View'), 'savedView'));
	const today = { now: context.now(), timeZone: context.timeZone };
	const viewQuery: Query = view ? queryOfSavedView(view) : {};
	const viewEntries = Object.entries(viewQuery).filter(
		([filter]) => filter !== 'custom_field_query',
	);
	const { entries, check } = await relationEntries(context, filters);
	return {
		query: {
			...withoutContradiction([
				...viewEntries,
				...entries,
				...flagEntries(filters),
				...idEntries(filters.ids),
				...mimeTypeEntries(filters.mimeType),
				...(await sharedByEntries(context, filters)),
				...textEntries(texts),
				...dateEntries(dates, today),
				...periodEntries(filters, today),
				...serialNumberEntries(archiveSerialNumber),
				...(await customFieldEntries(context, filters, viewQuery)),
			]),
			...(view && searchOf(viewQuery) !== undefined && { [viewOfQuery]: view.name }),
		},
		ordering: view && orderingOfSavedView(view),
		check,
	};
}

/** The same, checked at once. */
export async function filtersFrom(context: Context, filters: FilterValues): Promise<Filtering> {
	const { check, ...filtering } = await uncheckedFilters(context, filters);
	await check();
	return filtering;
}
