import type { TriggerValues } from '../triggerParameters';
import { describesUpdates } from './isChosen';

/** Numbers of changes: processed between two checks of the deadline, and at most per poll. */
type Pace = { portion: number; atMost: number };

/** Files take time, and so do histories, which cost one request each. */
const paces = {
	plain: { portion: 10_000, atMost: 10_000 },
	described: { portion: 250, atMost: 10_000 },
	withFiles: { portion: 20, atMost: 200 },
} satisfies Record<string, Pace>;

function usualPace(values: TriggerValues): Pace {
	const { download = 'none' } = values.options;
	if (download !== 'none') return paces.withFiles;
	return describesUpdates(values) ? paces.described : paces.plain;
}

/** The user may choose how many documents a poll reports. */
export function paceOf(values: TriggerValues): Pace {
	const usual = usualPace(values);
	const { documentsPerPoll: atMost = usual.atMost } = values.options;
	const portions = Math.ceil(atMost / usual.portion);
	return { portion: Math.floor(atMost / portions), atMost };
}
