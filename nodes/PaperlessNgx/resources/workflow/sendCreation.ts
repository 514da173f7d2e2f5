import type { PaperlessError } from '../../../api/errors';
import { isPaperlessError, orNothing } from '../../../api/errors';
import { wholeList } from '../../../api/kinds';
import { isReplyLost } from '../../../api/isReplyLost';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Workflow, WorkflowDraft } from '../../../api/schemas/workflow';
import { unlessForbidden } from '../../../api/unlessForbidden';
import { untilUnlocked } from '../../../api/untilUnlocked';
import { withOutcome } from '../../../api/withOutcome';
import { attempt } from '../../../toolkit/attempt';
import type { Context } from '../../../toolkit/operation';
import { differences } from './differences';

const isUnfinished = ({ triggers, actions }: Workflow) =>
	triggers.length === 0 && actions.length === 0;

const isNameTaken = (error: PaperlessError) => /already exists/.test(error.fields.name ?? '');

const called = ({ name, id }: Workflow) => `The workflow “${name}” (ID ${id})`;

/** What to do about a workflow that has the name already. */
const adviceAbout = (found: Workflow): string =>
	isUnfinished(found)
		? `${called(found)} has no triggers and no actions, as after a creation that was not completed. Complete it with Update, or remove it with Delete.`
		: `${called(found)} has this name. Change it with Update, or choose another name.`;

const countOf = (parts: readonly unknown[], noun: string) =>
	`${parts.length} ${noun}${parts.length === 1 ? '' : 's'}`;

async function workflowNamed(
	{ workflows }: PaperlessClient,
	wanted: string,
): Promise<Workflow | undefined> {
	return (await workflows.list({}, wholeList)).find(({ name }) => name === wanted);
}

/** Completes a workflow of which only a part was created, or removes it. Throws what is left of it. */
async function complete(
	api: PaperlessClient,
	found: Workflow,
	draft: WorkflowDraft,
	failure: PaperlessError,
): Promise<Workflow> {
	const { workflows } = api;
	const completed = await attempt(() =>
		untilUnlocked(api, () => workflows.update(found.id, draft)),
	);
	if (!(completed instanceof Error)) return completed;
	const removed = await attempt(() => workflows.delete(found.id).catch(orNothing));
	if (!(removed instanceof Error)) {
		throw withOutcome(failure, 'What was created of the workflow was removed again. Try again.');
	}
	const left = await workflows.get(found.id).catch(() => found);
	const parts = `${countOf(left.triggers, 'trigger')} and ${countOf(left.actions, 'action')}`;
	throw withOutcome(
		failure,
		`${called(left)} was created with ${parts}, and could be neither completed nor removed. Complete it with Update, or remove it with Delete.`,
	);
}

/**
 * Creates a workflow. The server saves its name first and its parts later, and may crash in between
 * (docs/paperless-api.md#unfinished-workflows). Such a workflow is completed or else removed, and the
 * error says what is left.
 */
export async function sendCreation({ api }: Context, draft: WorkflowDraft): Promise<Workflow> {
	const existing = await unlessForbidden(api.workflows.list({}, wholeList), []);
	const before = new Set(existing.map(({ id }) => id));
	const created = await attempt(() => api.workflows.create(draft));
	if (!(created instanceof Error)) return created;
	const mayExist = isReplyLost(created);
	if (!isPaperlessError(created) || !(mayExist || isNameTaken(created))) throw created;
	const found = await attempt(() => workflowNamed(api, draft.name));
	if (found instanceof Error) {
		throw mayExist
			? created.adding(
					`A workflow “${draft.name}” may be there now, perhaps without triggers and actions.`,
				)
			: created;
	}
	if (found && mayExist && !before.has(found.id)) {
		const isComplete = differences(draft, found).length === 0;
		return isComplete ? found : await complete(api, found, draft, created);
	}
	const failure = mayExist ? withOutcome(created, 'The workflow was not created.') : created;
	throw found ? failure.adding(adviceAbout(found)) : failure.adding('Try again.');
}
