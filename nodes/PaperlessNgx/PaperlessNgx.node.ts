import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { conditionLists } from '../toolkit/conditionLists';
import { actionHandler } from '../toolkit/actionHandler';
import { credentialTest } from '../toolkit/credentialTest';
import { listSearch, loadOptions, resourceMapping } from '../toolkit/pickers';
import { nodeProperties } from '../toolkit/properties';
import { runOperation } from '../toolkit/runOperation';
import { subtitleOf } from '../toolkit/subtitle';
import { resources } from './resources';

export class PaperlessNgx implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Paperless-ngx',
		name: 'paperlessNgx',
		icon: {
			light: 'file:../../icons/paperlessNgx.svg',
			dark: 'file:../../icons/paperlessNgx.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Move documents in and out of Paperless-ngx, find them and change them',
		defaults: { name: 'Paperless-ngx' },
		usableAsTool: true,
		// docs/n8n.md#hints-for-builders
		builderHint: {
			searchHint:
				'For everything in Paperless-ngx, the document archive: prefer it to HTTP Request. Document: Get Many finds documents (full text under Search, conditions under Filters) and takes names as well as IDs; Document: Upload files a binary and waits for its document; Document: Update changes fields and tags. “Created In” filters by the previous month or year without an expression.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paperlessNgxTokenApi', required: true, testedBy: 'testConnection' }],
		properties: nodeProperties(resources),
	};

	methods = {
		actionHandler,
		credentialTest,
		listSearch,
		loadOptions: { ...loadOptions, ...conditionLists },
		resourceMapping,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, resources);
	}
}
