import { asError, isPaperlessError, orNothing, PaperlessError } from '../api/errors';
import { isReplyLost } from '../api/isReplyLost';
import type { Workflow, WorkflowDraft } from '../api/schemas/workflow';
import { currentUserId, requireHistory } from '../documents/documentHistories';
import { untilUnlocked } from '../api/untilUnlocked';
import { matchesDraft } from './matchesDraft';
import { ownWorkflows } from './ownWorkflows';
import { formerOf, registrationOf, saveRegistration } from './registration';
import { proofOf, secretOf } from './secret';
import { sendTestDelivery } from './testDelivery';
import type { WebhookTriggerHost } from './webhookTriggerParameters';
import { workflowDefinition } from './workflowDefinition';
import { workflowName } from './workflowName';
import { rejectReadOnly, withWorkflowPermissions } from './workflowPermissions';
import { maxLength } from '../api/triggerTypes';

type Host = WebhookTriggerHost;

const isLocal = (url: string) => /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);

function checkedCallback({ callback, context, warn }: Host): string {
	if (callback.length > maxLength) {
		throw new PaperlessError('invalid', 'The webhook URL of n8n is too long for Paperless-ngx', {
			description: `Paperless-ngx accepts ${maxLength} characters, and this URL has ${callback.length}. Shorten WEBHOOK_URL of n8n.`,
		});
	}
	if (isLocal(callback) && !isLocal(context.api.baseUrl)) {
		warn(
			`Paperless-ngx is set up to call ${callback}, which is the machine of Paperless-ngx itself. Set WEBHOOK_URL of n8n to an address that Paperless-ngx can reach.`,
		);
	}
	return callback;
}

/** What a registration needs: the secret, the workflow that carries it, and whose changes to skip. */
type Plan = { secret: string; draft: WorkflowDraft; user: number | undefined };

/** The user whose changes are skipped, if any. */
async function skippedUser({ context, values }: Host): Promise<number | undefined> {
	if (values.event !== 'documentUpdated' || values.options.skipOwn !== true) return undefined;
	await requireHistory(context);
	return await currentUserId(context);
}

async function planFor(host: Host): Promise<Plan> {
	const secret = secretOf(host);
	const callback = checkedCallback(host);
	const draft = await workflowDefinition(host.context, host.values, {
		name: workflowName(host, 'events'),
		callback,
		secret,
	});
	return { secret, draft, user: await skippedUser(host) };
}

function save(
	host: Host,
	workflow: number,
	{ secret, draft: { triggers }, user }: Plan,
	since = host.context.now(),
): void {
	const { baseUrl: server } = host.context.api;
	const proof = proofOf(secret);
	const registration = { workflow, proof, server, since, triggers };
	saveRegistration(host, {
		...registration,
		...formerOf(registrationOf(host), proof, host.context.now()),
		...(user !== undefined && { user }),
	});
}

/** Keeps the ids of the parts, so that the server updates them and does not recreate them. */
function withPartIds(draft: WorkflowDraft, found: Workflow): WorkflowDraft {
	const [foundTrigger] = found.triggers;
	const foundAction = found.actions.find(({ webhook }) => webhook);
	return {
		...draft,
		triggers: draft.triggers.map((trigger) => ({
			...trigger,
			...(foundTrigger && { id: foundTrigger.id }),
		})),
		actions: draft.actions.map((action) => ({
			...action,
			...(foundAction && {
				id: foundAction.id,
				webhook: { ...(action.webhook as object), id: foundAction.webhook?.id },
			}),
		})),
	};
}

/** Makes a workflow what the draft says; the server may crash several times over that. */
async function complete(host: Host, found: Workflow, draft: WorkflowDraft): Promise<void> {
	if (matchesDraft(found, draft)) return;
	const { api } = host.context;
	const changes = withPartIds(draft, found);
	await untilUnlocked(api, () => api.workflows.update(found.id, changes));
}

/** Returns whether Paperless-ngx has the workflow of this trigger; repairs it if it was changed. */
export async function checkRegistration(host: Host): Promise<boolean> {
	rejectReadOnly(host);
	return await withWorkflowPermissions(async () => {
		const { registered } = await ownWorkflows(host);
		if (registered === undefined) return false;
		const plan = await planFor(host);
		await complete(host, registered, plan.draft);
		save(host, registered.id, plan, registrationOf(host)?.since);
		return true;
	});
}

const isNameTaken = (thrown: unknown) =>
	isPaperlessError(thrown) && /already exists/.test(thrown.fields.name ?? '');

const nameTaken = ({ name }: WorkflowDraft): PaperlessError =>
	new PaperlessError(
		'invalid',
		`There is a workflow “${name}” in Paperless-ngx that calls something else`,
		{
			description:
				'The workflow may belong to a copy of this n8n, or its webhook was changed. Rename or delete the workflow there, and publish again.',
		},
	);

/** The id of a workflow that was created, at least in part, although the reply was lost. */
async function createdDespite(
	thrown: unknown,
	host: Host,
	draft: WorkflowDraft,
): Promise<number | undefined> {
	if (!isReplyLost(thrown)) return undefined;
	// A second failure must not hide that the first request may have created something.
	const found = await ownWorkflows(host).catch(() => undefined);
	const created = found?.registered;
	if (created === undefined) return undefined;
	return await complete(host, created, draft).then(
		() => created.id,
		() => undefined,
	);
}

/** Creates the workflow, and saves its id. A workflow whose reply was lost is found and kept. */
export async function register(host: Host): Promise<boolean> {
	rejectReadOnly(host);
	const plan = await planFor(host);
	// In the editor n8n listens for a single call, which must not be the test delivery.
	if (host.values.testDelivery && !host.isManual) await sendTestDelivery(host);
	return await withWorkflowPermissions(async () => {
		try {
			const { id } = await host.context.api.workflows.create(plan.draft);
			save(host, id, plan);
		} catch (thrown) {
			if (isNameTaken(thrown)) throw nameTaken(plan.draft);
			const id = await createdDespite(thrown, host, plan.draft);
			if (id === undefined) throw asError(thrown);
			save(host, id, plan);
		}
		return true;
	});
}

const warnOfRest = (host: Host): void =>
	host.warn(
		`The workflow “${workflowName(host, 'events')}” may still be in Paperless-ngx. Delete it there, or publish this workflow again, which takes it over.`,
	);

/**
 * Removes the workflows of this trigger and nothing else. It searches for them even if nothing is
 * saved: after a failed activation n8n calls this with the data from before the activation.
 */
export async function unregister(host: Host): Promise<boolean> {
	const { workflows } = host.context.api;
	if (host.readOnly) {
		if (registrationOf(host)) warnOfRest(host);
		return true;
	}
	return await withWorkflowPermissions(async () => {
		try {
			const { registered, tests } = await ownWorkflows(host);
			for (const { id } of [...(registered ? [registered] : []), ...tests]) {
				await workflows.delete(id).catch(orNothing);
			}
			saveRegistration(host, undefined);
			return true;
		} catch (thrown) {
			warnOfRest(host);
			throw asError(thrown);
		}
	});
}
