import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { conditionLists } from '../toolkit/conditionLists';
import { credentialTest } from '../toolkit/credentialTest';
import { listSearch, loadOptions } from '../toolkit/pickers';
import { triggerProperties } from '../toolkit/properties';
import { runPoll } from '../toolkit/runPoll';
import { subtitleOfEvents } from '../toolkit/subtitle';
import { poll } from './poll';
import { eventOptions, triggerParameters } from './triggerParameters';

export class PaperlessNgxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Paperless-ngx Trigger',
		name: 'paperlessNgxTrigger',
		icon: {
			light: 'file:../../icons/paperlessNgx.svg',
			dark: 'file:../../icons/paperlessNgx.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfEvents('events', eventOptions),
		description: 'Starts the workflow when something happens in Paperless-ngx',
		activationMessage:
			'From now on, each new event in Paperless-ngx starts this workflow once. Paperless-ngx is asked at the times under “Poll Times”.',
		triggerPanel: {
			header: 'Fetch events from Paperless-ngx',
			executionsHelp: {
				inactive:
					'<b>While you build</b>, click “Fetch Test Event”. It shows the latest event that fits your settings, whether or not it is new.<br /><br /><b>Once you are happy</b>, publish the workflow. From then on it starts with each new event.',
				active:
					'<b>While you build</b>, click “Fetch Test Event”. It shows the latest event that fits your settings, whether or not it is new.<br /><br /><b>This workflow is published</b>, so it starts with each new event. Find these runs under Executions.',
			},
			activationHint:
				'Once you publish this workflow, it starts with each event that happens from then on.',
		},
		// docs/n8n.md#hints-for-builders
		builderHint: {
			searchHint:
				'Starts a workflow for documents that are new, changed, deleted, in the inbox or newly match filters, for failed files and tasks, and for the state of the server. It polls, so it needs no address of n8n and loses no event. Prefer it to a schedule with a search. For a start within a second, use the Paperless-ngx Webhook Trigger.',
		},
		defaults: { name: 'Paperless-ngx Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paperlessNgxTokenApi', required: true, testedBy: 'testConnection' }],
		properties: triggerProperties(triggerParameters),
	};

	methods = { credentialTest, listSearch, loadOptions: { ...loadOptions, ...conditionLists } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runPoll(this, triggerParameters, poll);
	}
}
