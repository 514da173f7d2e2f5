import { explainUnreadable } from '../../../nodes/api/explainUnreadable';
import { text } from '../../support/fakeTransport.mts';

const page = text('<html><head><title>Sign in</title></head></html>');

describe('The error for a reply that cannot be used', () => {
	it('distinguishes a web page from truncated JSON', () => {
		expect(explainUnreadable('notJson', page).kind).toBe('notPaperless');
		expect(explainUnreadable('notJson', text('{"id":')).kind).toBe('unexpectedReply');
	});

	it('names the place that has an unknown format', () => {
		const error = explainUnreadable('unknownShape', text('{}'), 'api/tags/7/: id Required');

		expect(error).toMatchObject({ kind: 'unexpectedReply', status: 200 });
		expect(error.description).toMatch(/^At api\/tags\/7\/: id Required\. The server may be newer/);
	});
});
