import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IRequestOptions,
} from 'n8n-workflow';

const credential = 'paperlessNgxTokenApi';

/** A node of others that sends what its input item says, with the credential of this package. */
export class ForeignNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Foreign',
		name: 'foreign',
		group: ['transform'],
		version: 1,
		description: 'Sends a request',
		defaults: { name: 'Foreign' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: credential, required: true }],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { helper, url, ...request } = this.getInputData()[0]?.json ?? {};
		const reply: unknown =
			helper === 'httpRequest'
				? await this.helpers.httpRequestWithAuthentication.call(this, credential, {
						url: String(url),
						...request,
					} as IHttpRequestOptions)
				: await this.helpers.requestWithAuthentication.call(this, credential, {
						uri: String(url),
						...request,
					} as IRequestOptions);
		return [[{ json: { reply: reply as object } }]];
	}
}
