import { secretHeader } from '../api/sentHeader';
import { PaperlessError } from '../api/errors';
import type { WorkflowDraft } from '../api/schemas/workflow';
import type { Server } from '../api/server';
import type { Context, Json } from '../toolkit/operation';
import { toReference } from '../toolkit/references';
import { documentFilterFields } from './documentFilterFields';
import type { WebhookTriggerValues } from './webhookTriggerParameters';
import { actionTypes, sources, triggerTypes } from '../api/triggerTypes';

async function scheduleFields(
	{ api, names }: Context,
	values: WebhookTriggerValues,
): Promise<Json> {
	const { dateField, dateCustomField, offsetDays, recurring, intervalDays } = values;
	if (offsetDays < 0) await api.require('schedulesAhead');
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

function fileFields({ sources: chosenSources, fileFilters }: WebhookTriggerValues): Json {
	const { fileName, mailRuleId, path } = fileFilters;
	if (chosenSources.length === 0) {
		throw new PaperlessError('invalid', '“Sources” is empty', {
			description: 'Choose at least one.',
			parameter: 'sources',
		});
	}
	return {
		sources: chosenSources,
		filter_filename: fileName?.trim() || '*',
		filter_path: path?.trim() || null,
		filter_mailrule: mailRuleId ?? null,
	};
}

/**
 * Only placeholders that the event has: after an unknown one the server drops the rest
 * (docs/paperless-api.md#webhook-placeholders).
 */
function bodyParams({ event }: WebhookTriggerValues, server: Server): Record<string, string> {
	const names =
		event === 'consumptionStarted'
			? ['doc_title', 'added']
			: ['doc_url', ...(server.has('documentVersions') ? ['doc_id'] : [])];
	const isJinja = server.has('workflowFilters');
	return Object.fromEntries(names.map((name) => [name, isJinja ? `{{${name}}}` : `{${name}}`]));
}

const webhookAction = (url: string, params: object, headers: object): Json => ({
	type: actionTypes.webhook,
	webhook: { url, use_params: true, as_json: true, params, headers, include_document: false },
});

/** The workflow that Paperless-ngx must have for this trigger, in the terms of its version. */
export async function workflowDefinition(
	context: Context,
	values: WebhookTriggerValues,
	{ name, callback, secret }: { name: string; callback: string; secret: string },
): Promise<WorkflowDraft> {
	const server = await context.api.currentServer();
	const fields =
		values.event === 'consumptionStarted'
			? fileFields(values)
			: await documentFilterFields(context, values);
	const schedule = values.event === 'scheduled' ? await scheduleFields(context, values) : {};
	return {
		name,
		enabled: true,
		triggers: [{ type: triggerTypes[values.event], ...fields, ...schedule }],
		actions: [webhookAction(callback, bodyParams(values, server), { [secretHeader]: secret })],
	};
}

/** A workflow that calls, with an empty body, when a file with this name is uploaded by the API. */
export const testWorkflowDefinition = (
	fileName: string,
	{ name, callback, headers }: { name: string; callback: string; headers: object },
): WorkflowDraft => ({
	name,
	enabled: true,
	triggers: [
		{
			type: triggerTypes.consumptionStarted,
			sources: [sources.apiUpload],
			filter_filename: fileName,
		},
	],
	actions: [webhookAction(callback, {}, headers)],
});
