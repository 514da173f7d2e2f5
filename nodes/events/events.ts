/** What the triggers report. The values are stored in workflows. */
export const eventNames = [
	'consumptionFailed',
	'documentAdded',
	'documentDeleted',
	'documentMatchesFilter',
	'documentNoLongerMatches',
	'documentUpdated',
	'newInboxDocument',
	'newVersionAvailable',
	'storageLow',
	'systemStatusChanged',
] as const;

export type EventName = (typeof eventNames)[number];

/** Those that are found among the documents that changed. */
export const documentEvents: readonly EventName[] = [
	'documentAdded',
	'documentMatchesFilter',
	'documentNoLongerMatches',
	'documentUpdated',
	'newInboxDocument',
];

/** What happens to the same subject once at most: a document is added once, a release comes out once. */
const once: readonly EventName[] = [
	'consumptionFailed',
	'documentAdded',
	'newInboxDocument',
	'newVersionAvailable',
];

/**
 * The same event has the same id wherever and however often it is reported, so that *Remove
 * Duplicates* can tell. What may happen again is told apart by its moment.
 */
export function eventId(
	event: EventName,
	subject: number | string,
	moment?: bigint | number,
): string {
	return once.includes(event) ? `${event}:${subject}` : `${event}:${subject}:${moment}`;
}
