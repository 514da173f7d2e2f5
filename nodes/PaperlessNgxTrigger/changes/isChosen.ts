import type { EventName } from '../../events/events';
import type { TriggerValues } from '../triggerParameters';

/** Whether at least one of these events is chosen. */
export const isChosen = ({ events }: TriggerValues, ...names: readonly EventName[]): boolean =>
	names.some((name) => events.includes(name));

/** Whether the history of an updated document is needed, for the output or for a condition. */
export const describesUpdates = (values: TriggerValues): boolean => {
	const { include = true, ...conditions } = values.changes;
	const isConditional = Object.values(conditions).some((condition) => condition !== false);
	return isChosen(values, 'documentUpdated') && (include || isConditional);
};
