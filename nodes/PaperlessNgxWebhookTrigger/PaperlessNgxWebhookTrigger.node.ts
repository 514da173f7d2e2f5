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
