import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { HttpReply } from '../../nodes/api/httpTransport';

export type Sent = IHttpRequestOptions & { credentialType: string };
type Answering = (request: Sent) => HttpReply<unknown> | Promise<HttpReply<unknown>>;

export type FakeNode = {
	parameters?: Record<string, unknown>;
	/** Values that differ by item, for the parameter of that name. */
	perItem?: Record<string, readonly unknown[]>;
	items?: INodeExecutionData[];
	continueOnFail?: boolean;
	credentials?: ICredentialDataDecryptedObject;
	canceled?: AbortSignal;
	/** Files in n8n's store, by id. */
	stored?: Record<string, string>;
	answer?: Answering;
};

/** As much of n8n's execution context as the toolkit uses; the real one runs in the engine tests. */
export function fakeNode({
	parameters = {},
	perItem = {},
	items = [{ json: {} }],
	continueOnFail = false,
	credentials = { baseUrl: 'https://paperless.test/api', apiToken: 'secret-token' },
	canceled,
	stored = {},
	answer = () => ({ status: 200, headers: {}, body: '' }),
}: FakeNode) {
	const sent: Sent[] = [];
	const kept: Array<{ content: string; fileName: string; mimeType: string }> = [];
	const context = {
		getInputData: () => items,
		getNode: () => ({
			id: '1',
			name: 'Paperless-ngx',
			type: 'paperlessNgx',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
		getNodeParameter: (name: string, index: number, fallback: unknown) =>
			perItem[name]?.[index] ?? parameters[name] ?? fallback,
		getCredentials: async () => credentials,
		getExecutionCancelSignal: () => canceled,
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => continueOnFail,
		helpers: {
			async httpRequestWithAuthentication(credentialType: string, options: IHttpRequestOptions) {
				sent.push({ ...options, credentialType });
				const { status, ...reply } = await answer({ ...options, credentialType });
				return { ...reply, statusCode: status };
			},
			getBinaryMetadata: async (id: string) => ({ fileSize: Buffer.byteLength(stored[id] ?? '') }),
			async *getBinaryStream(id: string) {
				yield* (stored[id] ?? '').match(/.{1,4}/gs) ?? [];
			},
			async prepareBinaryData(body: AsyncIterable<Uint8Array>, fileName: string, mimeType: string) {
				let content = '';
				for await (const chunk of body) content += String(chunk);
				kept.push({ content, fileName, mimeType });
				return { data: 'stored', fileName, mimeType };
			},
		},
	};
	return { sent, kept, node: context as unknown as IExecuteFunctions & ILoadOptionsFunctions };
}
