import type { Fault } from './faults.mts';
import { indexedDocuments } from './hits.mts';
import { noContent, ok } from './http.mts';
import type { Reply } from './http.mts';

import { deliver } from './mailFetch.mts';
import { profiles } from './profiles.mts';
import type { ProfileName } from './profiles.mts';
import { seedDocuments } from './seed.mts';
import type { Seed } from './seed.mts';
import type { Running } from './server.mts';
import type { StateName } from './states.mts';
import type { InboxMail, Settings } from './store.mts';
import { recordWork } from './tasks.mts';
import { runSchedule } from './workflowRuns.mts';

export interface RequestRecord {
	method: string;
	path: string;
	query: string;
	status: number;
	bytesIn: number;
	bytesOut: number;
	/** Of a page of a list. */
	rows: number;
	userAgent: string;
	token: boolean;
	/** Of requests that write */
	sent?: unknown;
	answer?: unknown;
}

type Command = (running: Running, body: unknown) => Reply | Promise<Reply>;

const commands: Record<string, Command> = {
	'POST reset': async (running, body) => {
		const { state = 'empty', lead } = (body ?? {}) as { state?: StateName; lead?: number };
		await running.reset(state, lead);
		return noContent();
	},
	// Changes what clients can observe. All rows stay, except that 3.0 drops the tasks.
	'POST upgrade': ({ store }, body) => {
		store.profile = profiles[(body as { profile: ProfileName }).profile];
		if (store.profile.tasksPaged) store.tasks.rows.clear();
		// The newer server computes the checksums of all files again.
		for (const { original, archive } of store.documents.rows.values()) {
			for (const file of [original, archive]) if (file) file.checksum = store.hash(file.bytes);
		}
		return noContent();
	},
	'POST seed': ({ store }, body) => ok(seedDocuments(store, (body ?? {}) as Seed)),
	'POST settings': ({ store }, body) =>
		ok(Object.assign(store.settings, body as Partial<Settings>)),
	// To the lead of a client's clock, for which time has passed.
	'POST clock': async ({ store: { clock, queue } }, body) => {
		await clock.advanceTo((body as { lead: number }).lead, () => queue.settled());
		return noContent();
	},
	// The index stays as it is now, as when the server has much to do.
	'POST index': ({ store }) => {
		store.heldIndex = indexedDocuments(store);
		return noContent();
	},
	'DELETE index': ({ store }) => {
		store.heldIndex = undefined;
		return noContent();
	},
	// What a database that was cleaned or restored has lost.
	'DELETE tasks': ({ store }) => {
		store.tasks.rows.clear();
		return noContent();
	},
	// Work of the server that goes wrong.
	'POST failure': ({ store }, body) => {
		const { type, message } = body as { type: string; message: string };
		const result_data = { error_type: 'RuntimeError', error_message: message };
		const failed = { status: 'failure' as const, trigger_source: 'scheduled', result_data };
		return ok(Object.assign(recordWork(store, type), failed));
	},
	'POST scheduled': ({ store }) => ok({ documents: runSchedule(store) }),
	// Waits until all deliveries have been sent.
	'GET deliveries': async ({ store: { postman } }) => {
		await postman.idle();
		return ok(postman.deliveries);
	},
	// A mail arrives at the mail server of the sandbox.
	'POST inbox': ({ store }, body) => ok(deliver(store, body as Partial<InboxMail>)),
	'GET inbox': ({ store }) => ok([...store.inbox.values()]),
	// Waits until all tasks have ended.
	'POST work': async ({ store: { queue } }) => {
		await queue.idle();
		return noContent();
	},
	'GET mails': ({ store }) => ok(store.mails),
	// As when the disk loses the files of a document that the archive still knows.
	'POST loss': ({ store }, body) => {
		const document = store.documents.get((body as { document: number }).document);
		const lost = { bytes: new Uint8Array(), isLost: true };
		if (document) document.original = { ...document.original, ...lost };
		if (document?.archive) document.archive = { ...document.archive, ...lost };
		return noContent();
	},
	'POST damage': ({ store }, body) => {
		const document = store.documents.get((body as { document: number }).document);
		if (document) document.original = { ...document.original, bytes: Buffer.from('%PDF-1.4') };
		return noContent();
	},
	'POST faults': ({ faults }, body) => {
		faults.add([body as Fault | Fault[]].flat());
		return noContent();
	},
	'DELETE faults': ({ faults }) => {
		faults.clear();
		return noContent();
	},
	'GET held': ({ faults }) => ok(faults.heldRequests),
	'POST release': ({ faults }) => {
		faults.release();
		return noContent();
	},
	'GET permissions': ({ store }) => ok([...store.askedPermissions]),
	'DELETE permissions': ({ store }) => {
		store.askedPermissions.clear();
		return noContent();
	},
	'GET requests': ({ requests }) => ok(requests),
	'DELETE requests': (running) => {
		running.requests = [];
		return noContent();
	},
};

/** The back door through which tests set the server's state or make it misbehave. */
export async function answerControl(
	running: Running,
	method: string,
	path: string,
	body: unknown,
): Promise<Reply> {
	const name = path.replace(/^\/__sandbox\//, '').replace(/\/$/, '');
	const command = commands[`${method} ${name}`];
	return command ? command(running, body) : { status: 404, json: { detail: 'Unknown command' } };
}
