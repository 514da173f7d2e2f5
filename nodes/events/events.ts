type Traits = {
	/** Found among the documents that changed. */
	isChange: boolean;
	/** Happens at most once to the same subject: a document is added once, a release comes out once. */
	isUnique: boolean;
};

/** The events that triggers report. Workflows store these names. */
export const events = {
	consumptionFailed: { isChange: false, isUnique: true },
	documentAdded: { isChange: true, isUnique: true },
	documentDeleted: { isChange: false, isUnique: false },
	documentMatchesFilter: { isChange: true, isUnique: false },
	documentNoLongerMatches: { isChange: true, isUnique: false },
	documentUpdated: { isChange: true, isUnique: false },
	newInboxDocument: { isChange: true, isUnique: true },
	newVersionAvailable: { isChange: false, isUnique: true },
	storageLow: { isChange: false, isUnique: false },
	systemStatusChanged: { isChange: false, isUnique: false },
	taskFailed: { isChange: false, isUnique: true },
} as const satisfies Record<string, Traits>;

export type EventName = keyof typeof events;

/** Events that are found among the documents that changed. */
export const changeEvents: readonly EventName[] = (Object.keys(events) as EventName[]).filter(
	(event) => events[event].isChange,
);

/**
 * The id of an event. It is the same whenever and wherever the event is reported, so that *Remove
 * Duplicates* recognizes it. Events that can happen again differ by their moment.
 */
export function eventId(
	event: EventName,
	subject: number | string,
	moment?: bigint | number,
): string {
	return events[event].isUnique ? `${event}:${subject}` : `${event}:${subject}:${moment}`;
}
