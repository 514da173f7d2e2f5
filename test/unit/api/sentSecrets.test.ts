import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import type { ApiRequest } from '../../../nodes/api/httpTransport';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import { FakeTransport, json, recordedWait, refusalOf } from '../../support/fakeTransport.mts';

const account = { id: 1, name: 'Office', username: 'clara', password: 'k9x4' };
const workflow = {
	name: 'Call',
	actions: [{ webhook: { url: 'https://n8n.test', headers: { 'X-Key': 'Bearer inner-key' } } }],
};
const keys = { llm_api_key: 'sk-0815', passwords: ['1234', 'opens it'], app_title: 'Archive' };
const form = [
	{ field: 'title', text: 'Letter' },
	{ field: 'api_token', text: 'form-token' },
];

const bodies: Array<[string, ApiRequest['body'], RegExp]> = [
	['a short password', { json: account }, /k9x4/],
	['the headers of a webhook', { json: workflow }, /inner-key/],
	['keys and lists of passwords', { json: [keys] }, /sk-0815|1234|opens it/],
	['a field of a form', { parts: form }, /form-token/],
];

describe('An answer that repeats a request', () => {
	beforeEach(forgetServers);

	it.each(bodies)('shows not %s', async (_, body, secret) => {
		const sent = JSON.stringify(body);
		const transport = new FakeTransport([json(1), json({ detail: sent, [sent]: 'x' }, 400)]);
		const client = paperlessClient(transport, recordedWait().wait);

		const call = client.raw.send({ method: 'POST', path: 'api/any/', ...(body && { body }) });
		const { message, description } = await refusalOf(call, PaperlessError);

		expect(message).toMatch(/clara|n8n\.test|Archive|Letter/);
		expect(`${message} ${description}`).not.toMatch(secret);
	});
});
