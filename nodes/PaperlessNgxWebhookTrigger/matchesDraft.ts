import { isRecord } from '../api/json';
import type { Workflow, WorkflowDraft } from '../api/schemas/workflow';

const isIds = (list: readonly unknown[]): boolean =>
	list.every((entry) => typeof entry === 'number');

/** Lists of ids are sets. The server may return the keys of an object in any order and add more. */
function covers(found: unknown, wanted: unknown): boolean {
	if (Array.isArray(wanted)) {
		if (!Array.isArray(found) || found.length !== wanted.length) return false;
		return isIds(wanted)
			? wanted.every((entry) => found.includes(entry))
			: wanted.every((entry, at) => covers(found[at], entry));
	}
	if (!isRecord(wanted)) return wanted === found;
	if (!isRecord(found)) return false;
	return Object.entries(wanted).every(([key, value]) => covers(found[key], value));
}

/** Whether a workflow has everything that the draft sets; anything else in it does not count. */
export const matchesDraft = (found: Workflow, draft: Partial<WorkflowDraft>): boolean =>
	covers(found, draft);
