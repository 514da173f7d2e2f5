import { PaperlessError } from '../api/errors';
import type { Workflow, WorkflowDraft } from '../api/schemas/workflow';
import type { Server } from '../api/server';
import type { Query } from '../api/transport';
import type { FilterValues } from '../documents/filters/filterParameters';
import { filtersFrom } from '../documents/filters/filtersFrom';
import type { Context, Json } from '../toolkit/operation';
import { toReference } from '../toolkit/references';
import type { WebhookHost } from '../toolkit/runWebhook';
import type { WebhookTriggerParameters, WebhookTriggerValues } from './parameters';
import { secretHeader } from './secret';

const types = {
	consumptionStarted: 1,
	documentAdded: 2,
	documentUpdated: 3,
	scheduled: 4,
} as const;
const callWebhook = 4;
const apiUpload = 2;
const noMatching = 0;

/** The server's filters of documents, and the fields of a workflow's trigger that mean the same. */
const lists = {
	filter_has_all_tags: 'tags__id__all',
	filter_has_not_tags: 'tags__id__none',
	filter_has_not_correspondents: 'correspondent__id__none',
	filter_has_not_document_types: 'document_type__id__none',
	filter_has_not_storage_paths: 'storage_path__id__none',
} as const;

/** A document has one of these, so from 3.0 on there is a field for several beside that for one. */
const belongings = [
	['correspondent__id__in', 'filter_has_correspondent', 'filter_has_any_correspondents'],
	['document_type__id__in', 'filter_has_document_type', 'filter_has_any_document_types'],
	['storage_path__id__in', 'filter_has_storage_path', 'filter_has_any_storage_paths'],
] as const;

/** The server takes no longer ones (§3.16). */
export const longest = 256;

export function nameFor(
	{ label, key }: WebhookHost<WebhookTriggerParameters>,
	begin: string,
): string {
	const end = ` (${key})`;
	return `${begin}${label.slice(0, longest - begin.length - end.length)}${end}`;
}

const ids = (list: string | undefined) => (list === undefined ? [] : list.split(',').map(Number));

function belongingFields(server: Server, query: Query): Json {
	const several = server.has('workflowFiltersOfSeveral');
	const fields = belongings.map(([filter, one, any]): Json => {
		const wanted = ids(query[filter]);
		if (several) return { [one]: null, [any]: wanted };
		if (wanted.length > 1) server.require('workflowFiltersOfSeveral');
		if (one !== 'filter_has_storage_path') return { [one]: wanted[0] ?? null };
		if (wanted.length > 0) server.require('workflowFilters');
		return server.has('workflowFilters') ? { [one]: wanted[0] ?? null } : {};
	});
	return Object.assign({}, ...fields) as Json;
}

/** What older servers do not know is not sent to them: they would ignore it and let all pass. */
function listFields(server: Server, query: Query): Json {
	const { custom_field_query: customFields = null } = query;
	const fields: Json = {
		...Object.fromEntries(Object.entries(lists).map(([field, key]) => [field, ids(query[key])])),
		filter_custom_field_query: customFields,
	};
	const isUsed = customFields !== null || Object.values(lists).some((key) => key in query);
	if (isUsed) server.require('workflowFilters');
	return server.has('workflowFilters') ? fields : {};
}

function matchingFields({ filters }: WebhookTriggerValues): Json {
	const { match, matchingAlgorithm, isInsensitive = true } = filters;
	if (match === undefined && matchingAlgorithm === undefined) {
		return { matching_algorithm: noMatching, match: '', is_insensitive: true };
	}
	if (!match?.trim()) {
		throw new PaperlessError('invalid', '“Content” is empty', {
			description: 'Enter what the text of the document must hold, or remove “Content Matching”.',
			parameter: 'match',
		});
	}
	return {
		matching_algorithm: matchingAlgorithm ?? 2,
		match: match.trim(),
		is_insensitive: isInsensitive,
	};
}

/** Those of the filters that Get Many of documents has as well, by the same names. */
function commonFilters({ filters }: WebhookTriggerValues): FilterValues['filters'] {
	const own = ['fileName', 'match', 'matchingAlgorithm', 'isInsensitive'];
	return Object.fromEntries(Object.entries(filters).filter(([name]) => !own.includes(name)));
}

async function documentFields(context: Context, values: WebhookTriggerValues): Promise<Json> {
	const filters = commonFilters(values);
	const none = { dateFilters: {}, numberFilters: {}, textFilters: {} };
	const { customFieldFilters } = values;
	const { query } = await filtersFrom(context, { filters, customFieldFilters, ...none });
	const server = await context.api.server();
	return {
		filter_filename: values.filters.fileName?.trim() || null,
		filter_has_tags: ids(query.tags__id__in),
		...belongingFields(server, query),
		...listFields(server, query),
		...matchingFields(values),
	};
}

async function scheduleFields(
	{ api, names }: Context,
	values: WebhookTriggerValues,
): Promise<Json> {
	const { dateField, dateCustomField, offsetDays, recurring, intervalDays } = values;
	if (offsetDays < 0) (await api.server()).require('schedulesAhead');
	const label = 'Custom Field';
	return {
		schedule_date_field: dateField,
		schedule_date_custom_field:
			dateField === 'custom_field'
				? await names.id('customField', toReference(dateCustomField, label), 'dateCustomField')
				: null,
		schedule_offset_days: offsetDays,
		schedule_is_recurring: recurring,
		schedule_recurring_interval_days: recurring ? intervalDays : 1,
	};
}

function fileFields({ sources, fileFilters }: WebhookTriggerValues): Json {
	const { fileName, mailRuleId, path } = fileFilters;
	if (sources.length === 0) {
		throw new PaperlessError('invalid', '“Sources” is empty', {
			description: 'Choose at least one.',
			parameter: 'sources',
		});
	}
	return {
		sources,
		filter_filename: fileName?.trim() || '*',
		filter_path: path?.trim() || null,
		filter_mailrule: mailRuleId ?? null,
	};
}

/** Only names that the event has: at an unknown one the server drops all that follow (§3.16). */
function paramsFor({ event }: WebhookTriggerValues, server: Server): Record<string, string> {
	const names =
		event === 'consumptionStarted'
			? ['doc_title', 'added']
			: ['doc_url', ...(server.has('documentVersions') ? ['doc_id'] : [])];
	const jinja = server.has('workflowFilters');
	return Object.fromEntries(names.map((name) => [name, jinja ? `{{${name}}}` : `{${name}}`]));
}

const webhookAction = (url: string, params: object, headers: object): Json => ({
	type: callWebhook,
	webhook: { url, use_params: true, as_json: true, params, headers, include_document: false },
});

/** The workflow that the server must have, in the words of its version. */
export async function definitionOf(
	context: Context,
	values: WebhookTriggerValues,
	{ name, callback, secret }: { name: string; callback: string; secret: string },
): Promise<WorkflowDraft> {
	const server = await context.api.server();
	const fields =
		values.event === 'consumptionStarted'
			? fileFields(values)
			: await documentFields(context, values);
	const schedule = values.event === 'scheduled' ? await scheduleFields(context, values) : {};
	return {
		name,
		enabled: true,
		triggers: [{ type: types[values.event], ...fields, ...schedule }],
		actions: [webhookAction(callback, paramsFor(values, server), { [secretHeader]: secret })],
	};
}

/** A workflow that calls when the API brings a file of this name, and says nothing. */
export const definitionForFile = (
	fileName: string,
	{ name, callback, headers }: { name: string; callback: string; headers: object },
): WorkflowDraft => ({
	name,
	enabled: true,
	triggers: [{ type: types.consumptionStarted, sources: [apiUpload], filter_filename: fileName }],
	actions: [webhookAction(callback, {}, headers)],
});

/** Lists of ids are sets, and the server may keep the keys of an object in another order. */
function sameAs(wanted: unknown, found: unknown): boolean {
	if (Array.isArray(wanted)) {
		return (
			Array.isArray(found) &&
			wanted.length === found.length &&
			(wanted.every((one) => typeof one === 'number')
				? wanted.every((one) => found.includes(one))
				: wanted.every((one, at) => sameAs(one, found[at])))
		);
	}
	if (wanted === null || typeof wanted !== 'object') return wanted === found;
	if (found === null || typeof found !== 'object') return false;
	return Object.entries(wanted).every(([key, value]) =>
		sameAs(value, (found as Record<string, unknown>)[key]),
	);
}

/** Whether the server has what is wanted, or a part of it; what it has besides does not count. */
export const matches = (wanted: Partial<WorkflowDraft>, found: Workflow): boolean =>
	sameAs(wanted, found);
