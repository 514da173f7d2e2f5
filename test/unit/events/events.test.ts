import { changeEvents, eventId, events } from '../../../nodes/events/events';

describe('The id of an event', () => {
	it.each(['documentAdded', 'newInboxDocument'] as const)(
		'%s does not depend on later changes of the document',
		(event) => {
			expect(eventId(event, 7, 1n)).toBe(eventId(event, 7, 2n));
		},
	);

	it('differs for each change of a document', () => {
		expect(eventId('documentUpdated', 7, 1n)).not.toBe(eventId('documentUpdated', 7, 2n));
	});

	it('is the same for the same change', () => {
		expect(eventId('documentUpdated', 7, 1n)).toBe('documentUpdated:7:1');
	});

	it('differs for each event and each document', () => {
		const ids = changeEvents.flatMap((event) => [7, 71].map((id) => eventId(event, id, 1n)));

		expect(new Set(ids).size).toBe(10);
	});

	it('contains the version of a release', () => {
		expect(eventId('newVersionAvailable', '3.1.0')).toBe('newVersionAvailable:3.1.0');
	});

	it('differs each time an event happens that can happen again', () => {
		expect(eventId('documentDeleted', 7, 1n)).not.toBe(eventId('documentDeleted', 7, 2n));
		expect(eventId('consumptionFailed', 'a', 1n)).toBe(eventId('consumptionFailed', 'a', 2n));
	});

	it('exists for events of changes and for others', () => {
		expect(Object.keys(events)).toEqual(expect.arrayContaining([...changeEvents]));
	});
});
