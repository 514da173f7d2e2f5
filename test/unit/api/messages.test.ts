import { failureRows } from '../../../nodes/api/explainFailure';
import { unreadableRows } from '../../../nodes/api/explainUnreadable';
import { replyRows } from '../../../nodes/api/replyRows';

const rows = [...Object.values(failureRows), ...Object.values(unreadableRows), ...replyRows].map(
	({ kind, message, description }) => ({ kind, message, description }),
);

describe('Every row of the tables of messages', () => {
	it.each(rows)('says what happened: $message', ({ message }) => {
		expect(message).toMatch(/^[A-Zn{]/);
		expect(message).not.toMatch(/\.$|\b(error|failure|problem)\b/i);
	});

	it.each(rows)('says in sentences how to go on: $message', ({ description }) => {
		expect(description).toMatch(/^$|[.}]$/);
	});
});
