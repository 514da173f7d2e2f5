import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { conditionLists } from '../toolkit/conditionLists';
import { credentialTest } from '../toolkit/credentialTest';
import { listSearch, loadOptions } from '../toolkit/pickers';
import { triggerProperties } from '../toolkit/properties';
import { subtitleOfEvents } from '../toolkit/subtitle';
import { hookLimits, runCall, runHook } from '../toolkit/webhookHost';
import { deliver } from './deliver';
import { originOf } from './originOf';
import { checkRegistration, register, unregister } from './register';
import { eventOptions, webhookTriggerParameters } from './webhookTriggerParameters';

export class PaperlessNgxWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Paperless-ngx Webhook Trigger',
		name: 'paperlessNgxWebhookTrigger',
		icon: {
			light: 'file:../../icons/paperlessNgx.svg',
			dark: 'file:../../icons/paperlessNgx.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfEvents('event', eventOptions),
		description: 'Starts the workflow immediately when Paperless-ngx calls it',
		eventTriggerDescription: 'Make the change in Paperless-ngx, such as adding a document',
		activationMessage:
			'From now on, Paperless-ngx starts this workflow. The node has created a workflow in Paperless-ngx for that.',
		triggerPanel: {
			header: 'Listen to Paperless-ngx',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, click “Listen for Test Event” and make the change in Paperless-ngx. Paperless-ngx must reach n8n at its webhook URL.<br /><br /><b>Once you are happy</b>, publish the workflow. From then on Paperless-ngx starts it.',
				active:
					'<b>While you build</b>, click “Listen for Test Event” and make the change in Paperless-ngx.<br /><br /><b>This workflow is published</b>, so Paperless-ngx starts it. Find these runs under Executions.',
			},
			activationHint: 'Once you publish this workflow, Paperless-ngx starts it with each event.',
		},
		// docs/n8n.md#hints-for-builders
		builderHint: {
			searchHint:
				'Starts a workflow at once when a document is added or changed, or when a file arrives. Paperless-ngx must reach n8n, and the token needs the right to make workflows there; else use the Paperless-ngx Trigger. It registers itself: do not add a Webhook node.',
		},
		defaults: { name: 'Paperless-ngx Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paperlessNgxTokenApi', required: true, testedBy: 'testConnection' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: triggerProperties(webhookTriggerParameters),
	};

	methods = { credentialTest, listSearch, loadOptions: { ...loadOptions, ...conditionLists } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await runHook(this, webhookTriggerParameters, checkRegistration, hookLimits.check);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await runHook(this, webhookTriggerParameters, register, hookLimits.create);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await runHook(this, webhookTriggerParameters, unregister, hookLimits.remove);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await runCall(this, webhookTriggerParameters, originOf, deliver);
	}
}
