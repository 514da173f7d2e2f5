import {
	CredentialTestContext,
	ExecutionLifecycleHooks,
	getBinaryHelperFunctions,
	LoadOptionsContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { ICredentialsHelper, Workflow } from 'n8n-workflow';
import { stringify } from 'flatted';
import { binaryDataReady } from './binaryData.mts';

/** What the engine runs: the package's own classes, from its sources or from its build. */
export type Package = { node: INodeType; credential: ICredentialType };

class TestCredentials extends ICredentialsHelper {
	private readonly type: ICredentialType;
	private readonly data: ICredentialDataDecryptedObject;
	private readonly isReleased: () => boolean;

	constructor(
		type: ICredentialType,
		data: ICredentialDataDecryptedObject,
		isReleased: () => boolean,
	) {
		super();
		this.type = type;
		this.data = data;
		this.isReleased = isReleased;
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	) {
		const { authenticate } = this.type;
		return typeof authenticate === 'function' ? await authenticate(credentials, options) : options;
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Tests hold no encrypted credentials');
	}

	async getDecrypted() {
		if (this.isReleased()) throw new Error('No bridge acquired for this context');
		return this.data;
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties() {
		return this.type.properties;
	}
}

export type Run = {
	parameters: INodeParameters;
	items?: INodeExecutionData[];
	continueOnFail?: boolean;
	/** Whether refused items go to a second output. */
	errorOutput?: boolean;
	/** Called with the function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
};

export type RunResult = {
	items: INodeExecutionData[];
	/** The items of the error output. */
	refused: INodeExecutionData[];
	error:
		| { message: string; description?: string | null; context?: { itemIndex?: number } }
		| undefined;
	/** What n8n shows beside the output. */
	hints: string[];
	/** Everything that n8n would keep of the execution, as it would keep it. */
	saved: string;
};

const url = 'http://127.0.0.1:5678/';

/** What n8n's contexts need to know of the host they run in. */
export const additionalDataFor = (
	type: ICredentialType,
	credentials: ICredentialDataDecryptedObject,
	workflowData: IWorkflowBase = {} as IWorkflowBase,
	/** Whether n8n evaluates no expression of this run any more (docs/n8n.md#expressions-after-a-wait). */
	isReleased = () => false,
): IWorkflowExecuteAdditionalData =>
	({
		executionId: 'test',
		credentialsHelper: new TestCredentials(type, credentials, isReleased),
		hooks: new ExecutionLifecycleHooks('manual', 'test', workflowData),
		currentNodeParameters: undefined,
		variables: {},
		webhookBaseUrl: url,
		webhookTestBaseUrl: url,
		webhookWaitingBaseUrl: url,
		formWaitingBaseUrl: url,
		instanceBaseUrl: url,
	}) as unknown as IWorkflowExecuteAdditionalData;

/** What n8n's `createRunExecutionData` makes, which older versions lack. */
const beforeRun = (nodeExecutionStack: unknown[]) =>
	({
		version: 1,
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: {},
			nodeExecutionStack,
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	}) as unknown as IRunExecutionData;

/** A real n8n-core around one Paperless-ngx node, with the credential given. */
export class Engine {
	private readonly types: Package;
	private readonly credentials: ICredentialDataDecryptedObject;

	constructor(types: Package, credentials: ICredentialDataDecryptedObject) {
		this.types = types;
		this.credentials = credentials;
	}

	private additionalData(workflowData: IWorkflowBase): IWorkflowExecuteAdditionalData {
		return additionalDataFor(this.types.credential, this.credentials, workflowData);
	}

	private workflow(parameters: INodeParameters, onError?: INode['onError']) {
		const node: INode = {
			id: '1',
			name: 'Paperless-ngx',
			type: this.types.node.description.name,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { [this.types.credential.name]: { id: '1', name: 'test' } },
			...(onError && { onError }),
		};
		const nodeTypes: INodeTypes = {
			getByName: () => this.types.node,
			getByNameAndVersion: () => this.types.node,
			getKnownTypes: () => ({}),
		};
		const settings = { executionOrder: 'v1' as const, timezone: 'Europe/Berlin' };
		const definition = {
			id: 'test',
			name: 'Test',
			nodes: [node],
			connections: {},
			active: false,
			settings,
		};
		const workflow = new Workflow({ ...definition, nodeTypes });
		const started = workflow.getNode(node.name) ?? node;
		return { workflow, node: started, data: definition as unknown as IWorkflowBase };
	}

	async run({
		parameters,
		items = [{ json: {} }],
		continueOnFail = false,
		errorOutput = false,
		onStart,
	}: Run): Promise<RunResult> {
		await binaryDataReady();
		const { workflow, node, data } = this.workflow(
			parameters,
			errorOutput ? 'continueErrorOutput' : continueOnFail ? 'continueRegularOutput' : undefined,
		);
		const stack = [{ node, data: { main: [items] }, source: null }];
		const execution = new WorkflowExecute(this.additionalData(data), 'manual', beforeRun(stack));
		const running = execution.processRunExecutionData(workflow);
		onStart?.(() => running.cancel());
		const { data: finished } = await running;
		const last = finished.resultData.runData[node.name]?.at(-1);
		return {
			items: last?.data?.main?.[0] ?? [],
			refused: last?.data?.main?.[1] ?? [],
			error: (last?.error ?? finished.resultData.error) as RunResult['error'],
			hints: (last?.hints ?? []).map(({ message }) => message),
			get saved() {
				return stringify(finished);
			},
		};
	}

	private loadOptionsContext(parameters: INodeParameters, path: string): ILoadOptionsFunctions {
		const { workflow, node, data } = this.workflow(parameters);
		const additionalData = { ...this.additionalData(data), currentNodeParameters: parameters };
		const context = new LoadOptionsContext(workflow, node, additionalData, path);
		// n8n's own types disagree about a workflow without a name.
		return context as unknown as ILoadOptionsFunctions;
	}

	async pick(method: string, filter?: string, token?: string): Promise<INodeListSearchResult> {
		const search = this.types.node.methods?.listSearch?.[method];
		if (!search) throw new Error(`The node has no list ${method}`);
		return await search.call(this.loadOptionsContext({}, 'document'), filter, token);
	}

	/** What the editor calls for a new choice, with what is typed in the search field. */
	async create(method: string, name: string) {
		const create = this.types.node.methods?.actionHandler?.[method];
		if (!create) throw new Error(`The node has no action ${method}`);
		return await create.call(this.loadOptionsContext({}, 'tag'), { name });
	}

	async loadOptions(method: string) {
		const load = this.types.node.methods?.loadOptions?.[method];
		if (!load) throw new Error(`The node has no options ${method}`);
		return await load.call(this.loadOptionsContext({}, 'tags'));
	}

	async mapFields(method: string) {
		const map = this.types.node.methods?.resourceMapping?.[method];
		if (!map) throw new Error(`The node has no mapping ${method}`);
		return await map.call(this.loadOptionsContext({}, 'customFields'));
	}

	async testCredential(): Promise<INodeCredentialTestResult> {
		const test = this.types.node.methods?.credentialTest?.testConnection;
		if (!test) throw new Error('The node has no credential test');
		const { data } = this.workflow({});
		const context = new CredentialTestContext(this.additionalData(data));
		const { name } = this.types.credential;
		return await test.call(context, { id: '1', name: 'test', type: name, data: this.credentials });
	}

	/** Puts bytes where n8n keeps files, and gives the item's reference to them. */
	async store(
		content: Uint8Array | NodeJS.ReadableStream,
		fileName: string,
		mimeType: string,
	): Promise<IBinaryData> {
		await binaryDataReady();
		const helpers = this.binaryHelpers();
		const body = content instanceof Uint8Array ? Buffer.from(content) : content;
		return await helpers.prepareBinaryData(body as Buffer, fileName, mimeType);
	}

	async read(binary: IBinaryData): Promise<Buffer> {
		if (!binary.id) return Buffer.from(binary.data, 'base64');
		const chunks: Uint8Array[] = [];
		for await (const chunk of await this.binaryHelpers().getBinaryStream(binary.id))
			chunks.push(chunk);
		return Buffer.concat(chunks);
	}

	private binaryHelpers() {
		const { data } = this.workflow({});
		return getBinaryHelperFunctions(this.additionalData(data), 'test');
	}
}
