/** What the triggers report. The values are stored in workflows. */
export const eventNames = [
	'documentAdded',
	'documentUpdated',
	'newInboxDocument',
	'newVersionAvailable',
] as const;

export type EventName = (typeof eventNames)[number];

export const documentEvents: readonly EventName[] = [
	'documentAdded',
	'documentUpdated',
	'newInboxDocument',
];

/**
 * The same event has the same id wherever and however often it is reported, so that *Remove
 * Duplicates* can tell. A document is added once and enters the inbox once; it is updated as
 * often as its time stamp moves.
 */
export function eventId(event: EventName, subject: number | string, modified?: bigint): string {
	return event === 'documentUpdated' ? `${event}:${subject}:${modified}` : `${event}:${subject}`;
}
