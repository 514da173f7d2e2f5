import { documentEvents, eventId, eventNames } from '../../../nodes/events/events';

describe('The id of an event', () => {
	it.each(['documentAdded', 'newInboxDocument'] as const)(
		'%s is the same however often the document changed since',
		(event) => {
			expect(eventId(event, 7, 1n)).toBe(eventId(event, 7, 2n));
		},
	);

	it('is another for each change of a document', () => {
		expect(eventId('documentUpdated', 7, 1n)).not.toBe(eventId('documentUpdated', 7, 2n));
	});

	it('is the same for the same change', () => {
		expect(eventId('documentUpdated', 7, 1n)).toBe('documentUpdated:7:1');
	});

	it('is another for each event and each document', () => {
		const ids = documentEvents.flatMap((event) => [7, 71].map((id) => eventId(event, id, 1n)));

		expect(new Set(ids).size).toBe(10);
	});

	it('of a release names its version', () => {
		expect(eventId('newVersionAvailable', '3.1.0')).toBe('newVersionAvailable:3.1.0');
	});

	it('tells apart the times that the same thing happens', () => {
		expect(eventId('documentDeleted', 7, 1n)).not.toBe(eventId('documentDeleted', 7, 2n));
		expect(eventId('consumptionFailed', 'a', 1n)).toBe(eventId('consumptionFailed', 'a', 2n));
	});

	it('is made for events about documents and others', () => {
		expect(eventNames).toEqual(expect.arrayContaining([...documentEvents]));
	});
});
