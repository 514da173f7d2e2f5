import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeTypes,
	IPollFunctions,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { Package } from './engine.mts';
import { additionalDataFor } from './engine.mts';

let number = 0;

/** A polling trigger in n8n's own poll context, with the memory that n8n keeps for it. */
export class PollRunner {
	readonly nodeId: string;
	private readonly types: Package;
	private readonly workflow: Workflow;
	private readonly node: INode;
	private readonly credentials: ICredentialDataDecryptedObject;
	/** Why n8n polls: “activate” after an activation, “init” after a restart. */
	activation: WorkflowActivateMode = 'activate';
	/** Milliseconds per poll under n8n's own scheduler, to which errors are emitted, not thrown. */
	budget: number | undefined;
	/** Whether n8n evaluates the expressions of a poll only at its start, as in a long poll. */
	isLong = false;

	constructor(
		types: Package,
		credentials: ICredentialDataDecryptedObject,
		parameters: INodeParameters,
		memory: IDataObject = {},
		nodeId?: string,
	) {
		number += 1;
		this.types = types;
		this.nodeId = nodeId ?? `node-${number}`;
		const nodeTypes: INodeTypes = {
			getByName: () => types.node,
			getByNameAndVersion: () => types.node,
			getKnownTypes: () => ({}),
		};
		const node: INode = {
			id: this.nodeId,
			name: 'Trigger',
			type: 'paperlessNgxTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { paperlessNgxTokenApi: { id: '1', name: 'test' } },
		};
		const definition = { id: 'test', name: 'Test', nodes: [node], connections: {}, active: true };
		const staticData = { 'node:Trigger': memory };
		this.workflow = new Workflow({ ...definition, nodeTypes, staticData });
		this.node = this.workflow.getNode('Trigger') ?? node;
		this.credentials = credentials;
	}

	/** Lets minutes pass since the last poll, by moving every saved time back. */
	passTime(minutes: number): void {
		const stamps = new Set([
			'movedAt',
			'askedAt',
			'lookedAt',
			'comparedAt',
			'reportedAt',
			'seenAt',
		]);
		const earlier = JSON.parse(JSON.stringify(this.memory), (key, value: unknown) =>
			stamps.has(key) ? Number(value) - minutes * 60_000 : value,
		) as IDataObject;
		Object.assign(this.workflow.getStaticData('node', this.node), earlier);
	}

	/** The data that n8n would write to its database, and return after a restart. */
	get memory(): IDataObject {
		const data = this.workflow.staticData['node:Trigger'] as IDataObject | undefined;
		return JSON.parse(JSON.stringify(data ?? {})) as IDataObject;
	}

	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<IDataObject[]> {
		return (await this.items(mode)).map(({ json }) => json);
	}

	/** Whether this n8n tells a poll how long it may take. Older ones cannot copy the state either. */
	get hasBudgets(): boolean {
		return 'getPollBudgetMs' in this.context('trigger');
	}

	async items(mode: 'trigger' | 'manual' = 'trigger'): Promise<INodeExecutionData[]> {
		const result = await this.types.node.poll?.call(this.context(mode));
		return result?.[0] ?? [];
	}

	private context(mode: 'trigger' | 'manual'): IPollFunctions {
		const { credential } = this.types;
		let isStarted = false;
		const isReleased = () => {
			const released = isStarted && this.isLong;
			isStarted = true;
			return released;
		};
		const additionalData = additionalDataFor(credential, this.credentials, undefined, isReleased);
		const { budget } = this;
		const context = new PollContext(
			this.workflow,
			this.node,
			additionalData,
			mode,
			this.activation,
			undefined,
			() => undefined,
			undefined,
			undefined,
			undefined,
			budget === undefined ? undefined : () => budget,
		);
		return context as unknown as IPollFunctions;
	}
}
