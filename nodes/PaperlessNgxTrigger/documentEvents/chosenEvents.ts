import type { EventName } from '../../events/events';
import type { TriggerValues } from '../triggerParameters';

/** Whether at least one of these events is chosen. */
export const isChosen = ({ events }: TriggerValues, ...names: readonly EventName[]): boolean =>
	names.some((name) => events.includes(name));

/** Whether the history of an updated document is needed, for the output or for a condition. */
export const describesUpdates = (values: TriggerValues): boolean => {
	const { include = true, ...conditions } = values.changes;
	return isChosen(values, 'documentUpdated') && (include || Object.keys(conditions).length > 0);
};

/** Numbers of changes: processed between two checks of the deadline, and at most per poll. */
type Pace = { portion: number; atMost: number };

/** Files take time, and so do histories, which cost one request each. */
const paces = {
	plain: { portion: 10_000, atMost: 10_000 },
	described: { portion: 250, atMost: 10_000 },
	withFiles: { portion: 20, atMost: 200 },
} satisfies Record<string, Pace>;

export function paceOf(values: TriggerValues): Pace {
	const { download = 'none' } = values.options;
	if (download !== 'none') return paces.withFiles;
	return describesUpdates(values) ? paces.described : paces.plain;
}
