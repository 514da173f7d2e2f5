import { awaitPacked } from '../../../nodes/PaperlessNgx/resources/shareLinkBundle/awaitPacked';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import { PaperlessError } from '../../../nodes/api/errors';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, json, refusalOf } from '../../support/fakeTransport.mts';

const bundle = (status: string, last_error: unknown = null) => ({
	id: 3,
	slug: 'abc',
	status,
	documents: [1],
	last_error,
});

/** A server whose bundle has these states one after another, the last one from then on. */
function packing(...states: string[]) {
	let time = 0;
	const transport = new FakeTransport(() =>
		json(bundle((states.length > 1 ? states.shift() : states[0]) ?? 'pending', 'The disk is full')),
	);
	const api = paperlessClient(transport, async (milliseconds) => {
		time += milliseconds;
	});
	return { context: { ...contextOn(transport), api, now: () => time }, transport };
}

describe('a share link bundle', () => {
	it('is returned once its files are packed', async () => {
		const { context, transport } = packing('pending', 'processing', 'ready');

		expect(await awaitPacked(context, bundle('pending'))).toMatchObject({ status: 'ready' });
		expect(transport.requests).toHaveLength(3);
	});

	it('that is ready already is not requested again', async () => {
		const { context, transport } = packing('ready');

		expect(await awaitPacked(context, bundle('ready'))).toMatchObject({ status: 'ready' });
		expect(transport.requests).toHaveLength(0);
	});

	it('that is not ready in time is returned as it is', async () => {
		const { context } = packing('pending', 'processing');

		expect(await awaitPacked(context, bundle('pending'))).toMatchObject({ status: 'processing' });
		expect(context.now()).toBe(300_000);
	});

	it('that could not be packed is rejected with the server’s reason', async () => {
		const { context } = packing('failed');

		const refused = await refusalOf(awaitPacked(context, bundle('pending')), PaperlessError);

		expect(refused.message).toBe('Paperless-ngx could not pack the bundle 3');
		expect(refused.description).toBe('"The disk is full" Use “Rebuild” to try again.');
	});
});
