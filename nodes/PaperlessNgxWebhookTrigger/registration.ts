import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { PaperlessError } from '../api/errors';
import { wholeList } from '../api/names';
import type { Workflow, WorkflowDraft } from '../api/schemas/workflow';
import type { WebhookHost } from '../toolkit/webhook';
import { definitionOf, matches, secretHeader } from './definition';
import type { WebhookTriggerParameters } from './parameters';

type Host = WebhookHost<WebhookTriggerParameters>;

const registrationSchema = z.object({
	workflow: z.number(),
	secret: z.string().min(1),
	/** With the ids of what the filters name. */
	triggers: z.array(z.record(z.unknown())).optional(),
});

export type Registration = z.infer<typeof registrationSchema>;

export const registrationOf = ({ recall }: Pick<Host, 'recall'>): Registration | undefined =>
	registrationSchema.safeParse(recall('registration')).data;

const keep = ({ remember }: Host, workflow: number, secret: string, { triggers }: WorkflowDraft) =>
	remember('registration', { workflow, secret, triggers } satisfies Registration);

/** The server takes no longer ones (§3.16). */
const longest = 256;

function nameFor({ label, key }: Host): string {
	const end = ` (${key})`;
	return `n8n: ${label.slice(0, longest - 'n8n: '.length - end.length)}${end}`;
}

const isLocal = (url: string) => /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);

function checkedCallback({ callback, context, warn }: Host): string {
	if (callback.length > longest) {
		throw new PaperlessError('invalid', 'The webhook URL of n8n is too long for Paperless-ngx', {
			description: `It takes ${longest} characters, and this one has ${callback.length}. Shorten WEBHOOK_URL of n8n.`,
		});
	}
	if (isLocal(callback) && !isLocal(context.api.baseUrl)) {
		warn(
			`Paperless-ngx is told to call ${callback}, which is its own machine. Set WEBHOOK_URL of n8n to an address that Paperless-ngx reaches.`,
		);
	}
	return callback;
}

const secretIn = (headers: unknown): unknown =>
	headers !== null && typeof headers === 'object' && secretHeader in headers
		? headers[secretHeader]
		: undefined;

/** What calls this node, or carries its secret, was made for it. */
const isMine = ({ callback }: Host, registration: Registration | undefined, found: Workflow) =>
	found.actions.some(
		({ webhook }) =>
			webhook &&
			(webhook.url === callback ||
				(registration !== undefined && secretIn(webhook.headers) === registration.secret)),
	);

async function mine(host: Host): Promise<Workflow | undefined> {
	const registration = registrationOf(host);
	const all = await host.context.api.workflows.list({}, wholeList);
	const own = all.filter((workflow) => isMine(host, registration, workflow));
	return own.find(({ id }) => id === registration?.workflow) ?? own[0];
}

const wanted = async (host: Host, secret: string): Promise<WorkflowDraft> =>
	await definitionOf(host.context, host.values, {
		name: nameFor(host),
		callback: checkedCallback(host),
		secret,
	});

/** In place of what the server says: one permission at a time would be four rounds. */
async function withPermission<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		const refused = thrown instanceof PaperlessError && thrown.kind === 'forbidden';
		return await Promise.reject(
			refused
				? new PaperlessError('forbidden', 'The token’s user may not manage workflows', {
						description:
							'This trigger makes a workflow in Paperless-ngx that calls n8n. The user needs the permissions to view, add, change and delete workflows (“view_workflow”, “add_workflow”, “change_workflow”, “delete_workflow”). An administrator grants them under Settings → Users & Groups.',
						status: thrown.status,
					})
				: thrown,
		);
	}
}

function refuseReadOnly({ readOnly }: Host): void {
	if (!readOnly) return;
	throw new PaperlessError('readOnly', 'The credential is set to Read Only', {
		description:
			'This trigger makes a workflow in Paperless-ngx. Use another credential, or switch off “Read Only” in this one. “Paperless-ngx Trigger” works without.',
	});
}

/** Keeps the ids of the parts, so that they are changed and not made anew. */
const changesOf = (draft: WorkflowDraft, found: Workflow): WorkflowDraft => {
	const [trigger] = found.triggers;
	const action = found.actions.find(({ webhook }) => webhook);
	return {
		...draft,
		triggers: draft.triggers.map((one) => ({ ...one, ...(trigger && { id: trigger.id }) })),
		actions: draft.actions.map((one) => ({
			...one,
			...(action && {
				id: action.id,
				webhook: { ...(one.webhook as object), id: action.webhook?.id },
			}),
		})),
	};
};

/** Whether the server has this trigger's workflow; one that was changed is put right. */
export async function checkRegistration(host: Host): Promise<boolean> {
	refuseReadOnly(host);
	return await withPermission(async () => {
		const found = await mine(host);
		if (found === undefined) return false;
		const secret = registrationOf(host)?.secret ?? randomBytes(32).toString('hex');
		const draft = await wanted(host, secret);
		if (!matches(draft, found)) {
			await host.context.api.workflows.update(found.id, changesOf(draft, found));
		}
		keep(host, found.id, secret, draft);
		return true;
	});
}

const nameIsTaken = (thrown: unknown) =>
	thrown instanceof PaperlessError && /already exists/.test(thrown.fields.name ?? '');

/** Makes the workflow. Where the answer is lost, what was made is found and kept. */
export async function register(host: Host): Promise<boolean> {
	const secret = randomBytes(32).toString('hex');
	const draft = await wanted(host, secret);
	return await withPermission(async () => {
		try {
			const { id } = await host.context.api.workflows.create(draft);
			keep(host, id, secret, draft);
			return true;
		} catch (thrown) {
			if (nameIsTaken(thrown)) {
				const taken = new PaperlessError(
					'invalid',
					`There is a workflow “${draft.name}” in Paperless-ngx that calls something else`,
					{
						description:
							'It may belong to a copy of this n8n, or its webhook was changed. Rename or delete it there, and activate again.',
					},
				);
				return await Promise.reject(taken);
			}
			const lost =
				thrown instanceof PaperlessError &&
				['interrupted', 'unexpectedReply', 'unavailable', 'notPaperless'].includes(thrown.kind);
			// A second failure in a row must not hide that the first may have left something behind.
			const made = lost ? await mine(host).catch(() => undefined) : undefined;
			if (made === undefined || !matches(draft, made)) return await Promise.reject(thrown);
			keep(host, made.id, secret, draft);
			return true;
		}
	});
}

const orNothing = (thrown: unknown): undefined => {
	if (thrown instanceof PaperlessError && thrown.kind === 'notFound') return undefined;
	throw thrown;
};

/**
 * Removes what was made and nothing else; what is gone already is fine. It is looked for also
 * where nothing is remembered: n8n calls this after an activation that came to nothing, with what
 * it had saved before.
 */
export async function unregister(host: Host): Promise<boolean> {
	const { workflows } = host.context.api;
	return await withPermission(async () => {
		try {
			const found = await mine(host);
			if (found) await workflows.delete(found.id).catch(orNothing);
			host.remember('registration', undefined);
			return true;
		} catch (thrown) {
			host.warn(
				`The workflow “${nameFor(host)}” may still be in Paperless-ngx. Delete it there, or activate this workflow again, which takes it over.`,
			);
			return await Promise.reject(thrown);
		}
	});
}
