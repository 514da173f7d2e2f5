import { orNothing, PaperlessError } from '../api/errors';
import type { Workflow, WorkflowDraft } from '../api/schemas/workflow';
import type { WebhookHost } from '../toolkit/runWebhook';
import { definitionOf, longest, matches, nameFor } from './workflowDefinition';
import type { Registration } from './ownWorkflows';
import { ownWorkflows, registrationOf } from './ownWorkflows';
import type { WebhookTriggerParameters } from './webhookTriggerParameters';
import { refuseReadOnly, withPermission } from './workflowPermissions';
import { newSecret } from './secret';
import { testDelivery } from './testDelivery';

type Host = WebhookHost<WebhookTriggerParameters>;

function keep(
	{ context, remember }: Host,
	workflow: number,
	secret: string,
	{ triggers }: WorkflowDraft,
	since = context.now(),
): void {
	remember('registration', { workflow, secret, since, triggers } satisfies Registration);
}

/**
 * Agreed once for all registrations: n8n saves at the end of a call what it had read before it, so
 * a call that outlasts a new activation puts back what was remembered before that.
 */
const secretFor = (host: Host): string => registrationOf(host)?.secret ?? newSecret();

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

const nameOf = (host: Host) => nameFor(host, 'n8n: ');

const wanted = async (host: Host, secret: string): Promise<WorkflowDraft> =>
	await definitionOf(host.context, host.values, {
		name: nameOf(host),
		callback: checkedCallback(host),
		secret,
	});

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
		const { registered: found } = await ownWorkflows(host);
		if (found === undefined) return false;
		const secret = secretFor(host);
		const draft = await wanted(host, secret);
		if (!matches(draft, found)) {
			await host.context.api.workflows.update(found.id, changesOf(draft, found));
		}
		keep(host, found.id, secret, draft, registrationOf(host)?.since);
		return true;
	});
}

const nameIsTaken = (thrown: unknown) =>
	thrown instanceof PaperlessError && /already exists/.test(thrown.fields.name ?? '');

/** Makes the workflow. Where the answer is lost, what was made is found and kept. */
export async function register(host: Host): Promise<boolean> {
	const secret = secretFor(host);
	const draft = await wanted(host, secret);
	// In the editor n8n listens for a single call, which is not to be this one.
	if (host.values.testDelivery && !host.isManual) await testDelivery(host);
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
			const own = lost ? await ownWorkflows(host).catch(() => undefined) : undefined;
			const made = own?.registered;
			if (made === undefined || !matches(draft, made)) return await Promise.reject(thrown);
			keep(host, made.id, secret, draft);
			return true;
		}
	});
}

/**
 * Removes what was made and nothing else; what is gone already is fine. It is looked for also
 * where nothing is remembered: n8n calls this after an activation that came to nothing, with what
 * it had saved before.
 */
export async function unregister(host: Host): Promise<boolean> {
	const { workflows } = host.context.api;
	return await withPermission(async () => {
		try {
			const { registered, tests } = await ownWorkflows(host);
			for (const { id } of [...(registered ? [registered] : []), ...tests]) {
				await workflows.delete(id).catch(orNothing);
			}
			const { secret } = registrationOf(host) ?? {};
			host.remember('registration', secret === undefined ? undefined : { secret });
			return true;
		} catch (thrown) {
			host.warn(
				`The workflow “${nameOf(host)}” may still be in Paperless-ngx. Delete it there, or activate this workflow again, which takes it over.`,
			);
			return await Promise.reject(thrown);
		}
	});
}
