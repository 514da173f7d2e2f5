import type { SandboxPool } from './sandboxPool.mts';
import type { NewerProfile, Profile, SandboxProcess } from './sandboxProcess.mts';
import { startSandboxProcess } from './sandboxProcess.mts';
import { simulatedTime } from './simulatedTime.mts';

export type { Profile };
export const profiles: Profile[] = ['2.15.3', '2.20.15', '3.0.5'];

export type Fault = {
	method?: string;
	/** Source of a regular expression that the path must match. */
	path?: string;
	times?: number;
	kind:
		| 'latency'
		| 'hold'
		| 'status'
		| 'drop'
		| 'dropAfter'
		| 'truncate'
		| 'html'
		| 'loginRedirect'
		| 'wrongNext'
		| 'misread';
	[detail: string]: unknown;
};

export type SeenRequest = {
	method: string;
	path: string;
	query: string;
	status: number;
	bytesIn: number;
	bytesOut: number;
	/** Of a page of a list. */
	rows: number;
	token: boolean;
	sent?: unknown;
	answer?: unknown;
};

declare global {
	/** Set where sandboxes outlive a test file. */
	var sandboxes: SandboxPool | undefined;
}

/** A sandbox Paperless-ngx in a separate process, steered through its control endpoints. */
export class Sandbox {
	readonly url: string;
	readonly tokens: Readonly<SandboxProcess['tokens']>;
	private readonly stop: () => Promise<void>;

	private constructor({ url, tokens, stop }: SandboxProcess) {
		this.url = url;
		this.tokens = tokens;
		this.stop = stop;
		simulatedTime.followers.add(this.follow);
	}

	static async start(
		profile: Profile | NewerProfile,
		state: 'empty' | 'base' | 'sample' = 'base',
	): Promise<Sandbox> {
		const { sandboxes } = globalThis;
		const sandbox = new Sandbox(
			await (sandboxes ? sandboxes.take(profile) : startSandboxProcess(profile)),
		);
		await sandbox.reset(state);
		return sandbox;
	}

	async close(): Promise<void> {
		simulatedTime.followers.delete(this.follow);
		await this.stop();
	}

	private readonly follow = async (lead: number): Promise<void> => {
		await this.control('POST', 'clock', { lead });
	};

	/** Lets work of the server go wrong. */
	async failTask(type: string, message: string): Promise<void> {
		await this.control('POST', 'failure', { type, message });
	}

	private async control<T>(method: string, name: string, body?: unknown): Promise<T> {
		const reply = await fetch(`${this.url}/__sandbox/${name}`, {
			method,
			...(body !== undefined && {
				body: JSON.stringify(body),
				headers: { 'content-type': 'application/json' },
			}),
		});
		if (!reply.ok) throw new Error(`${name}: ${reply.status} ${await reply.text()}`);
		const text = await reply.text();
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}

	async reset(state: 'empty' | 'base' | 'sample' = 'base'): Promise<void> {
		await this.control('POST', 'reset', { state, lead: simulatedTime.lead });
	}

	/** Replaced by a newer server with the same archive, at the same address. */
	async upgrade(profile: Profile | NewerProfile): Promise<void> {
		await this.control('POST', 'upgrade', { profile });
	}

	/** Forgets all tasks; the queue works on. */
	async loseTasks(): Promise<void> {
		await this.control('DELETE', 'tasks');
	}

	async misbehave(...faults: Fault[]): Promise<void> {
		await this.control('POST', 'faults', faults);
	}

	/** The number of requests that a fault of the kind `hold` has stopped. */
	async heldRequests(): Promise<number> {
		return await this.control<number>('GET', 'held');
	}

	/** Lets the requests go on that a fault of the kind `hold` stopped. */
	async release(): Promise<void> {
		await this.control('POST', 'release');
	}

	async behave(): Promise<void> {
		await this.control('DELETE', 'faults');
	}

	async seed(amounts: {
		documents?: number;
		correspondents?: number;
		documentTypes?: number;
		customFields?: number;
		tags?: number;
		contentLength?: number;
		owner?: number | null;
		stamp?: string;
	}) {
		await this.control('POST', 'seed', amounts);
	}

	async settings(settings: {
		queueSeconds?: number;
		workers?: number;
		consumptionSeconds?: number;
		deleteDuplicates?: boolean;
		storageAvailable?: number;
		celeryStatus?: 'OK' | 'ERROR';
		latestVersion?: string;
		retrySeconds?: number[];
		loseDeliveries?: number;
		repeatDeliveries?: number;
		deliverySeconds?: number;
		commitSeconds?: number;
		saveSeconds?: number;
		lockSeconds?: number;
		bulkUpdateTies?: boolean;
		lockedWrites?: number;
		secondsAhead?: number;
		mergesAsVersions?: boolean;
	}): Promise<void> {
		await this.control('POST', 'settings', settings);
	}

	/** A mail arrives at the mail server of the sandbox. */
	async deliver(mail: {
		subject?: string;
		from?: string;
		received?: string;
		attachments?: Array<{ fileName: string; text: string }>;
	}): Promise<void> {
		await this.control('POST', 'inbox', mail);
	}

	/** Until the server has done everything that is in its queue. */
	async finishWork(): Promise<void> {
		await this.control('POST', 'work');
	}

	/** The e-mails that the server would have sent. */
	async mails(): Promise<Array<{ attachments: Array<{ document: number; checksum: string }> }>> {
		return await this.control('GET', 'mails');
	}

	/** From now on the search index lags behind, or it catches up. */
	async holdIndex(isHeld = true): Promise<void> {
		await this.control(isHeld ? 'POST' : 'DELETE', 'index');
	}

	/** The disk loses the files of a document. */
	async lose(document: number): Promise<void> {
		await this.control('POST', 'loss', { document });
	}

	/** The disk damages the file of a document. */
	async damage(document: number): Promise<void> {
		await this.control('POST', 'damage', { document });
	}

	/** Until no webhook is left to be sent. */
	async settleDeliveries(): Promise<void> {
		await this.control('GET', 'deliveries');
	}

	async requests(): Promise<SeenRequest[]> {
		return await this.control('GET', 'requests');
	}

	async forgetRequests(): Promise<void> {
		await this.control('DELETE', 'requests');
	}

	/** The permissions for which requests looked since they were forgotten. */
	async askedPermissions(): Promise<string[]> {
		return await this.control('GET', 'permissions');
	}

	async forgetPermissions(): Promise<void> {
		await this.control('DELETE', 'permissions');
	}

	/** What a browser without a login gets at an address. */
	async open(address: string): Promise<{ status: number; type: string | null }> {
		const { status, headers } = await fetch(`${this.url}/${address}`, { redirect: 'manual' });
		return { status, type: headers.get('content-type') };
	}

	/** A request past the node, to prepare and to look at what the node did. */
	async api<T = Record<string, unknown>>(
		method: string,
		path: string,
		body?: unknown,
		token = this.tokens.admin,
	): Promise<T> {
		const reply = await fetch(`${this.url}/api/${path}`, {
			method,
			headers: {
				Authorization: `Token ${token}`,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await reply.text();
		if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 300)}`);
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}
}
