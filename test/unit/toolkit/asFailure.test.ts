import type { FailureCause } from '../../../nodes/api/httpTransport';
import { asFailure } from '../../../nodes/toolkit/asFailure';

const refused = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('The cause of a missing reply', () => {
	it.each([
		[refused('ECONNREFUSED'), 'refused'],
		[refused('EHOSTUNREACH'), 'refused'],
		[refused('ENOTFOUND'), 'nameNotFound'],
		[refused('EAI_AGAIN'), 'nameNotFound'],
		[refused('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
		[refused('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls'],
		[refused('EPROTO', 'wrong version number'), 'tls'],
		[refused('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
		[refused('ETIMEDOUT'), 'timeout'],
		[refused('ECONNABORTED', 'timeout of 600000ms exceeded'), 'timeout'],
		[refused('ECONNRESET'), 'interrupted'],
		[refused('', 'socket hang up'), 'interrupted'],
		[refused('ERR_CANCELED'), 'canceled'],
		[new Error('The request was blocked because it resolves to a restricted IP (SSRF)'), 'blocked'],
		[new Error('Something else'), 'other'],
		['a text', 'other'],
	] satisfies Array<[unknown, FailureCause]>)('%s is %s', (thrown, cause) => {
		expect(asFailure(thrown).failure).toBe(cause);
	});

	it('is found however deep n8n has wrapped it', () => {
		const wrapped = {
			message: 'Failed',
			cause: { messages: ['a'], cause: refused('ECONNREFUSED') },
		};

		expect(asFailure(wrapped)).toMatchObject({ failure: 'refused' });
	});

	it.each([
		['the canceled execution when it was canceled', AbortSignal.abort(), 'canceled'],
		[
			'the deadline when it passed',
			AbortSignal.abort(new DOMException('Too late', 'TimeoutError')),
			'timeout',
		],
		[
			'that of n8n while nothing has ended the request',
			new AbortController().signal,
			'interrupted',
		],
	])('is %s', (_, signal, cause) => {
		expect(asFailure(refused('ECONNRESET'), signal).failure).toBe(cause);
	});

	it('comes with the message of the system but never with the token beside it', () => {
		const thrown = Object.assign(refused('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:8000'), {
			config: { headers: { Authorization: 'Token secret-token' } },
			request: 'Token secret-token',
		});

		const failure = asFailure(thrown);

		expect(failure.detail).toContain('ECONNREFUSED');
		expect(JSON.stringify(failure)).not.toContain('secret-token');
	});
});
