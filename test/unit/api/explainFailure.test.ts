import { explainFailure } from '../../../nodes/api/explainFailure';
import type { ApiRequest, FailureCause } from '../../../nodes/api/httpTransport';

const read: ApiRequest = { method: 'GET', path: 'api/documents/3/' };
const write: ApiRequest = { method: 'POST', path: 'api/documents/post_document/' };

describe('The error for a missing reply', () => {
	it.each([
		['refused', 'unreachable', 'does not answer at this address'],
		['nameNotFound', 'unreachable', 'host name'],
		['tls', 'unreachable', 'certificate'],
		['blocked', 'unreachable', 'n8n does not allow'],
		['other', 'unreachable', 'could not connect'],
		['timeout', 'interrupted', 'in time'],
		['interrupted', 'interrupted', 'was interrupted'],
		['canceled', 'canceled', 'canceled'],
	] satisfies Array<[FailureCause, string, string]>)(
		'after the cause %s is of the kind %s',
		(failure, kind, words) => {
			const error = explainFailure(read, { failure, detail: 'EXAMPLE' });

			expect(error.kind).toBe(kind);
			expect(error.message).toContain(words);
			expect(error.description).toContain('(EXAMPLE)');
		},
	);

	it.each([
		['timeout', true],
		['interrupted', true],
		['other', true],
		['refused', false],
		['tls', false],
	] satisfies Array<[FailureCause, boolean]>)(
		'says after a write with the cause %s that it may have taken effect: %s',
		(failure, open) => {
			const { description } = explainFailure(write, { failure, detail: '' });

			expect(description.includes('Check whether it took effect')).toBe(open);
		},
	);
});
