import type { DiffConditions } from '../../events/diffConditions';
import { meetsConditions } from '../../events/diffConditions';
import type { IdLookup } from '../../events/diffFromHistory';
import type { Fact } from '../../events/documentDiff';
import type { TriggerValues } from '../triggerParameters';
import type { Update } from './updateDiff';
import { updateDiff } from './updateDiff';

/** Only the history tells of these. */
const factsOfHistory: readonly Fact[] = ['content', 'restored', 'versions'];

const noEntries: IdLookup = { tag: (name) => name, customField: (name) => name };

/** Whether every update needs its history, because who made it is shown or decides. */
export const asksWho = ({ changes: { include = true, skipOwn = false } }: TriggerValues): boolean =>
	include || skipOwn;

/**
 * Whether the history can decide if this update is reported, or adds to what is shown of it.
 * `update` is without its history.
 */
export function needsHistory(
	values: TriggerValues,
	update: Omit<Update, 'entries'>,
	conditions: DiffConditions,
): boolean {
	const diff = updateDiff({ ...update, entries: undefined }, noEntries);
	const uncertain = [...diff.uncertain, ...factsOfHistory];
	if (!meetsConditions({ ...diff, uncertain }, update.document.tags ?? [], conditions))
		return false;
	const asksFacts = conditions.subjects.some((subject) =>
		factsOfHistory.some((fact) => fact === subject),
	);
	return asksWho(values) || update.picture === undefined || asksFacts;
}
