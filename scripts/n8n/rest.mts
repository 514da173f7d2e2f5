import { parse as parseFlatted } from 'flatted';

import { waitFor } from './waiting.mts';

/** n8n ties a session to the browser it was opened in. */
const BROWSER_ID = 'n8n-nodes-paperless-ngx';

export const owner = {
	email: 'owner@example.com',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Paperless-2-n8n',
};

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	webhookId?: string;
}

export interface WorkflowDefinition {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	/** What a node gives out instead of running, by its name. */
	pinData?: Record<string, Array<{ json: Record<string, unknown> }>>;
}

export interface SavedWorkflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
}

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, { id?: string; fileName?: string; mimeType: string; bytes?: number }>;
	error?: unknown;
	pairedItem?: unknown;
}

export interface NodeError {
	message: string;
	description?: string | null;
	node?: { name: string };
}

export interface NodeRun {
	executionStatus?: string;
	executionTime: number;
	error?: NodeError;
	data?: { main?: Array<Item[] | null> };
}

export interface Execution {
	id: string;
	workflowId: string;
	status: string;
	error?: NodeError;
	runs: Record<string, NodeRun[]>;
	/** The items that a node's first run sent to its first output. */
	items(node: string): Item[];
	/** What a trigger starts it with, whether n8n has come to that, will, or was killed before. */
	startedWith(trigger: string): Item[];
}

export interface NewCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface Credential extends NewCredential {
	id: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface PickerAnswer {
	results: Array<{ name: string; value: string | number; url?: string }>;
	paginationToken?: string;
}

export interface NodeReference {
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials: Record<string, { id: string; name: string }>;
}

interface Publication {
	status: string;
	triggers: Array<{ errorMessage: string | null }>;
}

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
/** A real server takes its time for a merge of many pages. */
const EXECUTION_MS = 280_000;
const FINAL = ['success', 'error', 'crashed', 'canceled'];

/** Drives an n8n the way its own editor does. */
export class N8nClient {
	private cookie = '';
	private readonly url: string;

	constructor(url: string) {
		this.url = url;
	}

	/** Logs in as the owner, who is created when the n8n is new. */
	async logIn(): Promise<void> {
		const settings = await this.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', 'settings');
		if (settings.userManagement.showSetupOnFirstLoad) {
			await this.request('POST', 'owner/setup', owner);
		}
		await this.request('POST', 'login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	}

	/** The session cookie, for a browser that is to be logged in already. */
	get session(): { name: string; value: string } {
		const [name = '', value = ''] = this.cookie.split('=');
		return { name, value };
	}

	async nodeTypes(): Promise<Array<Record<string, unknown> & { name: string }>> {
		return await this.get('types/nodes.json');
	}

	async credentialTypes(): Promise<Array<Record<string, unknown> & { name: string }>> {
		return await this.get('types/credentials.json');
	}

	async credentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return await this.request('GET', 'credentials');
	}

	async createCredential(credential: NewCredential): Promise<Credential> {
		const { id } = await this.request<{ id: string }>(
			'POST',
			'credentials',
			withDomains(credential),
		);
		return { ...credential, id };
	}

	async updateCredential(credential: Credential): Promise<void> {
		await this.request('PATCH', `credentials/${credential.id}`, withDomains(credential));
	}

	async deleteCredential(id: string): Promise<void> {
		await this.request('DELETE', `credentials/${id}`);
	}

	async testCredential(credential: Credential): Promise<CredentialTest> {
		return await this.request('POST', 'credentials/test', { credentials: credential });
	}

	async workflows(): Promise<Array<{ id: string; name: string }>> {
		return await this.request('GET', 'workflows');
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.request('GET', `workflows/${id}`);
	}

	async createWorkflow(workflow: WorkflowDefinition): Promise<SavedWorkflow> {
		const { name, nodes, connections, settings = { executionOrder: 'v1' }, pinData } = workflow;
		return await this.request('POST', 'workflows', {
			name,
			nodes,
			connections,
			settings,
			...(pinData && { pinData }),
		});
	}

	async deleteWorkflow(id: string): Promise<void> {
		await this.request('POST', `workflows/${id}/archive`, {});
		// An active one ends with it, and n8n keeps it until its triggers have stopped.
		await this.settledPublication(id);
		await this.request('DELETE', `workflows/${id}`);
	}

	/** Comes back when its triggers listen: n8n itself answers before. */
	async activateWorkflow(workflow: SavedWorkflow): Promise<void> {
		await this.request('POST', `workflows/${workflow.id}/activate`, {
			versionId: workflow.versionId,
		});
		const { status, triggers } = await this.settledPublication(workflow.id);
		if (status !== 'published') {
			const reasons = triggers.map(({ errorMessage }) => errorMessage ?? '').filter(Boolean);
			throw new Error(`“${workflow.name}” is ${status}. ${reasons.join(' ')}`);
		}
	}

	async deactivateWorkflow(id: string): Promise<void> {
		await this.request('POST', `workflows/${id}/deactivate`, {});
		await this.settledPublication(id);
	}

	private async settledPublication(id: string): Promise<Publication> {
		return await waitFor(
			async () => {
				const publication = await this.request<Publication>(
					'GET',
					`workflows/${id}/publication-status`,
				);
				return publication.status === 'in_progress' ? undefined : publication;
			},
			{ what: () => `n8n to publish or to stop workflow ${id}` },
		);
	}

	/**
	 * Runs a workflow from its manual trigger, or from its first trigger where it has none, as the
	 * editor's button does; and waits until it has ended, or waits for somebody itself.
	 */
	async runWorkflow(workflow: SavedWorkflow): Promise<Execution> {
		const trigger =
			workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER) ??
			workflow.nodes.find(({ type }) => type.endsWith('Trigger'));
		if (!trigger) throw new Error(`“${workflow.name}” has no trigger`);
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name: trigger.name } },
		);
		return await this.execution(executionId, [...FINAL, 'waiting']);
	}

	async finishedExecution(id: string): Promise<Execution> {
		return await this.execution(id, FINAL);
	}

	/** As it is at this moment. */
	async currentExecution(id: string): Promise<Execution> {
		return readExecution(id, await this.request('GET', `executions/${id}`));
	}

	private async execution(id: string, until: string[]): Promise<Execution> {
		let status = '';
		return await waitFor(
			async () => {
				const execution = await this.currentExecution(id);
				({ status } = execution);
				return until.includes(status) ? execution : undefined;
			},
			{
				what: () => `execution ${id} to end; it is ${status}`,
				everyMs: 100,
				patienceMs: EXECUTION_MS,
			},
		);
	}

	async executions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const answer = await this.request<{ results: Array<{ id: string; status: string }> }>(
			'GET',
			`executions?filter=${filter}`,
		);
		return answer.results;
	}

	/** What a "From List" picker shows, for the words typed into its search box. */
	async searchList(
		node: NodeReference,
		path: string,
		methodName: string,
		filter?: string,
	): Promise<PickerAnswer> {
		return await this.request('POST', 'dynamic-node-parameters/resource-locator-results', {
			...dynamicParameters(node, path, methodName),
			...(filter === undefined ? {} : { filter }),
		});
	}

	/** What a drop-down with choices from the server shows. */
	async loadOptions(
		node: NodeReference,
		path: string,
		methodName: string,
	): Promise<Array<{ name: string; value: string | number }>> {
		return await this.request(
			'POST',
			'dynamic-node-parameters/options',
			dynamicParameters(node, path, methodName),
		);
	}

	async mapperFields(
		node: NodeReference,
		path: string,
		methodName: string,
	): Promise<{ fields: Array<Record<string, unknown>> }> {
		return await this.request(
			'POST',
			'dynamic-node-parameters/resource-mapper-fields',
			dynamicParameters(node, path, methodName),
		);
	}

	async binary(id: string): Promise<Buffer> {
		const response = await this.send('GET', `rest/binary-data?id=${id}&action=download`);
		return Buffer.from(await response.arrayBuffer());
	}

	async get<T>(path: string): Promise<T> {
		const response = await this.send('GET', path);
		return (await response.json()) as T;
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, `rest/${path}`, body);
		const { data } = (await response.json()) as { data: T };
		return data;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(`${this.url}/${path}`, {
			method,
			headers: {
				'browser-id': BROWSER_ID,
				// A connection that is kept may be closed by n8n just when it is used again.
				connection: 'close',
				'content-type': 'application/json',
				cookie: this.cookie,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const [cookie] = response.headers.getSetCookie();
		if (cookie) this.cookie = cookie.split(';')[0] ?? '';
		if (!response.ok) {
			throw new Error(
				`n8n answered ${method} /${path} with ${response.status}: ${await response.text()}`,
			);
		}
		return response;
	}
}

/** n8n's own editor fills in the two fields that n8n adds to every credential of its kind. */
function withDomains<T extends NewCredential>(credential: T): T {
	return { ...credential, data: { allowedHttpRequestDomains: 'all', ...credential.data } };
}

function dynamicParameters(node: NodeReference, path: string, methodName: string) {
	return {
		path,
		methodName,
		nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
		currentNodeParameters: node.parameters,
		credentials: node.credentials,
	};
}

interface StoredExecution {
	workflowId: string;
	status: string;
	data: string;
}

interface ExecutionData {
	resultData: { error?: NodeError; runData: Record<string, NodeRun[]> };
	/** What is still to be run. */
	executionData?: {
		nodeExecutionStack: Array<{ node: { name: string }; data: NodeRun['data'] }>;
	};
}

const unbegun: ExecutionData = { resultData: { runData: {} } };

function readExecution(id: string, { workflowId, status, data }: StoredExecution): Execution {
	// One that has only just begun has nothing yet.
	const { resultData, executionData } = (parseFlatted(data) ?? unbegun) as ExecutionData;
	const items = (node: string) => resultData.runData[node]?.[0]?.data?.main?.[0] ?? [];
	return {
		id,
		workflowId,
		status,
		...(resultData.error ? { error: resultData.error } : {}),
		runs: resultData.runData,
		items,
		startedWith: (trigger) =>
			executionData?.nodeExecutionStack.find(({ node }) => node.name === trigger)?.data
				?.main?.[0] ?? items(trigger),
	};
}
