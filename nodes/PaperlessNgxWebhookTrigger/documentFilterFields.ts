import { PaperlessError } from '../api/errors';
import type { Server } from '../api/server';
import type { Query } from '../api/httpTransport';
import type { FilterValues } from '../documents/filters/filtersParameter';
import { filtersFrom } from '../documents/filters/filtersFrom';
import type { Context, Json } from '../toolkit/operation';
import type { WebhookTriggerValues } from './webhookTriggerParameters';
import { matchingAlgorithms } from '../api/triggerTypes';

/** Fields of a workflow trigger, and the document filters with the same meaning. */
const listFilters = {
	filter_has_all_tags: 'tags__id__all',
	filter_has_not_tags: 'tags__id__none',
	filter_has_not_correspondents: 'correspondent__id__none',
	filter_has_not_document_types: 'document_type__id__none',
	filter_has_not_storage_paths: 'storage_path__id__none',
} as const;

/**
 * A document has at most one of each, so matching several needs the second field, which servers
 * have from 3.0 on.
 */
const relationFilters = [
	['correspondent__id__in', 'filter_has_correspondent', 'filter_has_any_correspondents'],
	['document_type__id__in', 'filter_has_document_type', 'filter_has_any_document_types'],
	['storage_path__id__in', 'filter_has_storage_path', 'filter_has_any_storage_paths'],
] as const;

const idsFrom = (list: string | undefined) =>
	list === undefined ? [] : list.split(',').map(Number);

function relationFields(server: Server, query: Query): Json {
	const acceptsSeveral = server.has('workflowFiltersOfSeveral');
	const fields = relationFilters.map(([filter, single, several]): Json => {
		const ids = idsFrom(query[filter]);
		if (acceptsSeveral) return { [single]: null, [several]: ids };
		if (ids.length > 1) server.require('workflowFiltersOfSeveral');
		if (single !== 'filter_has_storage_path') return { [single]: ids[0] ?? null };
		if (ids.length > 0) server.require('workflowFilters');
		return server.has('workflowFilters') ? { [single]: ids[0] ?? null } : {};
	});
	return Object.assign({}, ...fields) as Json;
}

/** An older server would ignore these fields and let all documents pass, so they are not sent to it. */
function listFields(server: Server, query: Query): Json {
	const { custom_field_query: customFields = null } = query;
	const isUsed =
		customFields !== null || Object.values(listFilters).some((filter) => filter in query);
	if (isUsed) server.require('workflowFilters');
	if (!server.has('workflowFilters')) return {};
	const lists = Object.entries(listFilters).map(([field, filter]) => [
		field,
		idsFrom(query[filter]),
	]);
	return { ...Object.fromEntries(lists), filter_custom_field_query: customFields };
}

function contentFields({ filters }: WebhookTriggerValues): Json {
	const { match, matchingAlgorithm, isInsensitive = true } = filters;
	if (match === undefined && matchingAlgorithm === undefined) {
		return { matching_algorithm: matchingAlgorithms.none, match: '', is_insensitive: true };
	}
	if (!match?.trim()) {
		throw new PaperlessError('invalid', '“Content” is empty', {
			description: 'Enter what to look for in the text of documents, or remove “Content Matching”.',
			parameter: 'match',
		});
	}
	return {
		matching_algorithm: matchingAlgorithm ?? matchingAlgorithms.allWords,
		match: match.trim(),
		is_insensitive: isInsensitive,
	};
}

const workflowOnly = ['fileName', 'match', 'matchingAlgorithm', 'isInsensitive'];

/** The filters that Get Many of documents has under the same names. */
const sharedFilters = ({ filters }: WebhookTriggerValues): FilterValues =>
	Object.fromEntries(Object.entries(filters).filter(([name]) => !workflowOnly.includes(name)));

/** The fields of a workflow trigger that select documents. */
export async function documentFilterFields(
	context: Context,
	values: WebhookTriggerValues,
): Promise<Json> {
	const { query } = await filtersFrom(context, sharedFilters(values));
	const server = await context.api.currentServer();
	return {
		filter_filename: values.filters.fileName?.trim() || null,
		filter_has_tags: idsFrom(query.tags__id__in),
		...relationFields(server, query),
		...listFields(server, query),
		...contentFields(values),
	};
}
