import { PaperlessError } from '../../../../nodes/api/errors';
import type { HttpRequest } from '../../../../nodes/api/httpTransport';
import { claim } from '../../../../nodes/PaperlessNgx/resources/document/claimNext/claim';
import { contextOn } from '../../../support/context.mts';
import type { Answer } from '../../../support/fakeTransport.mts';
import { FakeTransport, json, page, text } from '../../../support/fakeTransport.mts';

const queue = { tag: 3, replaceWith: 4, waitForTurn: 60 };
const broken = { failure: 'interrupted', detail: '' } as const;
const lock = { id: 7, name: 'n8n is claiming from tag 3', owner: null };
const notFound = json({ detail: 'Not found.' }, 404);

/** A server with one waiting document, and with other answers to some requests. */
function workerOn(answers: Record<string, () => Answer | undefined>) {
	let time = 1_000_000;
	const usual = ({ method, path, query }: HttpRequest): Answer => {
		if (query?.id__in !== undefined) return page([]);
		if (method === 'GET' && path === 'api/documents/') return page([{ id: 1 }]);
		if (method === 'POST' && path === 'api/correspondents/') return json(lock, 201);
		if (path === 'api/documents/bulk_edit/') return json({ result: 'OK' });
		if (path === 'api/correspondents/0/') return notFound;
		return method === 'DELETE' ? text('', 204) : page([]);
	};
	const transport = new FakeTransport(
		(request) =>
			(request.query?.id__in === undefined
				? answers[`${request.method} ${request.path}`]?.()
				: undefined) ?? usual(request),
	);
	const context = { ...contextOn(transport), now: () => time };
	const pass = (milliseconds: number) => {
		time += milliseconds;
		return undefined;
	};
	return { context, pass, sent: () => transport.lines };
}

describe('a worker at a queue', () => {
	it('takes a document in seven requests', async () => {
		const worker = workerOn({});

		const claimed = await claim(worker.context, queue, 1);

		expect(claimed).toEqual({ ids: [1] });
		expect(worker.sent().map((line) => line.split('?')[0])).toEqual([
			'GET api/documents/',
			'DELETE api/correspondents/0/',
			'POST api/correspondents/',
			'GET api/documents/',
			'POST api/documents/bulk_edit/',
			'GET api/documents/',
			'DELETE api/correspondents/7/',
		]);
	});

	it('that misses its turn changes nothing and ends the turn', async () => {
		let lists = 0;
		const worker = workerOn({
			'GET api/documents/': () => ((lists += 1) === 2 ? worker.pass(60_000) : undefined),
		});

		const { ids, error } = await claim(worker.context, queue, 1);

		expect(ids).toEqual([]);
		expect(error?.message).toBe('Paperless-ngx or n8n was too slow to claim anything');
		expect(worker.sent()).not.toContain('POST api/documents/bulk_edit/');
		expect(worker.sent()).toContain('DELETE api/correspondents/7/');
	});

	it('whose change took longer than others wait does not trust the change without proof', async () => {
		const slow = { 'POST api/documents/bulk_edit/': () => worker.pass(300_000) };
		let worker = workerOn(slow);
		const proven = await claim(worker.context, queue, 1);
		worker = workerOn({ ...slow, 'DELETE api/correspondents/7/': () => broken });
		const unproven = await claim(worker.context, queue, 1);

		expect(proven).toEqual({ ids: [1] });
		expect(unproven.error?.message).toBe('Could not confirm who claimed documents 1');
	});

	it('keeps its documents when the lock cannot be deleted', async () => {
		const worker = workerOn({ 'DELETE api/correspondents/7/': () => broken });

		expect(await claim(worker.context, queue, 1)).toEqual({ ids: [1] });
	});

	it('returns the documents of earlier turns when a later turn fails', async () => {
		let turns = 0;
		const worker = workerOn({
			'GET api/documents/': () =>
				page(Array.from({ length: 500 }, (_, index) => ({ id: index + 1 }))),
			'POST api/correspondents/': () =>
				(turns += 1) === 2 ? json({ detail: 'No.' }, 403) : undefined,
		});

		const { ids, error } = await claim(worker.context, queue, 600);

		expect(ids).toHaveLength(500);
		expect(error).toBeInstanceOf(PaperlessError);
		expect((error as PaperlessError).description).toContain('“add_correspondent”');
	});

	it.each([
		['n8n’s clock if the server does not report the time', 1_000_000, undefined],
		['the server’s clock, even if n8n’s differs', 0, new Date(1_000_000).toUTCString()],
	])('takes over an abandoned turn by %s', async (_, ownTime, date) => {
		const headers = { 'x-version': '3.0.5', 'x-api-version': '10', ...(date && { date }) };
		const held = (age: number) => {
			let taken = true;
			const begun = new Date(1_000_000 - age).toISOString();
			const worker = workerOn({
				'POST api/correspondents/': () =>
					taken
						? json({ name: ['correspondent with this name already exists.'] }, 400, headers)
						: undefined,
				'GET api/correspondents/': () =>
					json(
						{ count: 1, next: null, results: [{ ...lock, id: 6, match: `n8n x ${begun}` }] },
						200,
						headers,
					),
				'DELETE api/correspondents/6/': () => {
					taken = false;
					return text('', 204, headers);
				},
			});
			worker.context.now = () => ownTime;
			return claim(worker.context, { ...queue, waitForTurn: 0.001 }, 1);
		};

		expect(await held(301_000)).toEqual({ ids: [1] });
	});
});
