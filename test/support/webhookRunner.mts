import { createHmac } from 'node:crypto';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHookFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeTypes,
	IWebhookData,
	IWebhookFunctions,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { binaryDataReady } from './binaryData.mts';
import type { Package } from './engine.mts';
import { additionalDataFor } from './engine.mts';

export type Place = { memory?: IDataObject; nodeId?: string; webhookUrl?: string };

export type Reply = { status: number | undefined; items: INodeExecutionData[] | undefined };

const defaultUrl = 'http://127.0.0.1:5678/webhook';

let number = 0;

/** By node. */
const sentSecrets = new Map<string, string>();

/** A webhook trigger in n8n's own contexts, with the memory that n8n keeps for it. */
export class WebhookRunner {
	readonly nodeId: string;
	/** The warnings that were written to n8n's log. */
	readonly warnings: string[] = [];
	private readonly webhookUrl: string;
	private readonly types: Package;
	private readonly workflow: Workflow;
	private readonly node: INode;
	private readonly credentials: ICredentialDataDecryptedObject;

	constructor(
		types: Package,
		credentials: ICredentialDataDecryptedObject,
		parameters: INodeParameters,
		{ memory = {}, nodeId, webhookUrl = defaultUrl }: Place = {},
	) {
		number += 1;
		this.types = types;
		this.webhookUrl = webhookUrl;
		this.nodeId = nodeId ?? `node-${number}`;
		const nodeTypes: INodeTypes = {
			getByName: () => types.node,
			getByNameAndVersion: () => types.node,
			getKnownTypes: () => ({}),
		};
		const node: INode = {
			id: this.nodeId,
			webhookId: this.nodeId,
			name: 'Trigger',
			type: 'paperlessNgxWebhookTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { paperlessNgxTokenApi: { id: '1', name: 'test' } },
		};
		const definition = {
			id: 'flow',
			name: 'Letters',
			nodes: [node],
			connections: {},
			active: true,
		};
		const staticData = { 'node:Trigger': memory };
		this.workflow = new Workflow({ ...definition, nodeTypes, staticData });
		this.node = this.workflow.getNode('Trigger') ?? node;
		this.credentials = credentials;
	}

	/** The data that n8n would write to its database, and return after a restart. */
	get memory(): IDataObject {
		const data = this.workflow.staticData['node:Trigger'] as IDataObject | undefined;
		return JSON.parse(JSON.stringify(data ?? {})) as IDataObject;
	}

	/** The secret of this node with its token. */
	get ownSecret(): string {
		const message = ['secret', `flow/${this.nodeId}`, `${this.webhookUrl}/${this.nodeId}/webhook`];
		return createHmac('sha256', String(this.credentials['apiToken']))
			.update(JSON.stringify(message))
			.digest('hex');
	}

	/** The secret that the server sends: that of the last activation of this node. */
	get secret(): string {
		return sentSecrets.get(this.nodeId) ?? this.ownSecret;
	}

	get workflowId(): number {
		return Number((this.memory['registration'] as IDataObject)['workflow']);
	}

	/** Activates like n8n: a webhook that exists is not created again. */
	async activate(mode: WorkflowExecuteMode = 'trigger'): Promise<void> {
		if (!(await this.hook('checkExists', mode))) await this.hook('create', mode);
		sentSecrets.set(this.nodeId, this.ownSecret);
	}

	async deactivate(mode: WorkflowExecuteMode = 'trigger'): Promise<void> {
		await this.hook('delete', mode);
	}

	/** Calls the webhook, by default with the header that carries the secret. */
	async call(
		body: unknown,
		headers: Record<string, string> = this.secretHeaders,
		/** Called with the answer, which comes before the work is done. */
		onAnswer: (status: number) => void = () => undefined,
	): Promise<Reply> {
		await binaryDataReady();
		let status: number | undefined;
		const response = {
			status: (code: number) => {
				status = code;
				return response;
			},
			json: () => {
				onAnswer(status ?? 200);
				return response;
			},
		};
		const additionalData = {
			...this.additionalData(),
			httpRequest: { body, headers, params: {}, query: {} },
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new WebhookContext(
			this.workflow,
			this.node,
			additionalData,
			'webhook',
			this.webhookData(additionalData),
			[],
			null,
		);
		const result = await this.types.node.webhook?.call(
			this.withRecordedWarnings(context) as unknown as IWebhookFunctions,
		);
		return { status, items: result?.workflowData?.[0] };
	}

	private get secretHeaders() {
		return { 'x-paperless-ngx-trigger-secret': this.secret };
	}

	private additionalData() {
		const data = additionalDataFor(this.types.credential, this.credentials);
		const [webhookBaseUrl, webhookTestBaseUrl] = [this.webhookUrl, `${this.webhookUrl}-test`];
		return { ...data, webhookBaseUrl, webhookTestBaseUrl };
	}

	private webhookData(additionalData: IWorkflowExecuteAdditionalData): IWebhookData {
		return {
			httpMethod: 'POST',
			node: 'Trigger',
			path: `${this.nodeId}/webhook`,
			webhookDescription: this.types.node.description.webhooks?.[0] as never,
			workflowId: 'flow',
			workflowExecuteAdditionalData: additionalData,
		};
	}

	private async hook(
		name: 'checkExists' | 'create' | 'delete',
		mode: WorkflowExecuteMode,
	): Promise<boolean | undefined> {
		return await this.types.node.webhookMethods?.['default']?.[name]?.call(this.hookContext(mode));
	}

	private hookContext(mode: WorkflowExecuteMode): IHookFunctions {
		const additionalData = this.additionalData();
		const data = this.webhookData(additionalData);
		const { workflow, node } = this;
		const context = new HookContext(workflow, node, additionalData, mode, 'activate', data);
		return this.withRecordedWarnings(context) as unknown as IHookFunctions;
	}

	private withRecordedWarnings(context: HookContext | WebhookContext): object {
		const warn = (message: string) => this.warnings.push(message);
		const logger = Object.assign(Object.create(context.logger) as object, { warn });
		return Object.create(context, { logger: { value: logger } }) as object;
	}
}
