import { byId, byTitle, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const resource = 'note';

describe.each(profiles)('notes on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let id: number;
	let title: string;
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		const [document] = await results(engine, 'getAll', { limit: 1 });
		id = Number(document?.id);
		title = String(document?.title);
	});

	it('of several items are added in their order, and each item returns its note', async () => {
		const items = Array.from({ length: 8 }, (_, index) => ({
			json: { text: `n${index + 1}`, document: index % 2 === 0 ? byId(id) : byTitle(title) },
		}));

		const { json, error } = await run(
			engine,
			'create',
			{ resource, document: '={{ $json.document }}', note: '={{ $json.text }}' },
			{ items },
		);

		const ids = json.map((note) => Number(note.id));
		expect(error).toBeUndefined();
		expect(json.map(({ note }) => note)).toEqual(items.map(({ json: { text } }) => text));
		expect(ids).toEqual([...ids].sort((a, b) => a - b));
		expect(new Set(ids).size).toBe(8);
	});

	it('with equal texts are different notes', async () => {
		const asked = { resource, document: byId(id), note: 'Paid' };

		const { json } = await run(engine, 'create', asked, { items: [{ json: {} }, { json: {} }] });

		expect(json[0]?.id).not.toBe(json[1]?.id);
	});

	it.each([
		['loses', [], 'it saved no note'],
		[
			'changes',
			[{ id: 999, note: 'Other', created: '2026-05-31T10:00:00Z', user: null }],
			'it saved “Other” (ID 999)',
		],
	])('that the server %s are reported as not saved', async (_, body, words) => {
		const path = `/api/documents/${id}/notes/$`;
		await sandbox.misbehave({ method: 'POST', path, kind: 'status', status: 200, body });

		const refused = await refusal(engine, 'create', { resource, document: byId(id), note: 'Paid' });

		expect(refused.message).toContain(`Document ${id} does not have the note`);
		expect(refused.description).toContain(words);
	});

	it('that the server could not save are reported in its words, and the sentences end once', async () => {
		const body = { error: 'Error saving note, check logs for more detail.' };
		const path = `/api/documents/${id}/notes/$`;
		await sandbox.misbehave({ method: 'POST', path, kind: 'status', status: 200, body });
		const asked = { resource, document: byId(id), note: 'Paid' };

		const { json } = await run(engine, 'create', asked, { continueOnFail: true });

		expect(json[0]?.message).toBe(`${body.error} The note was not saved.`);
	});

	it('that the server keeps are not reported as deleted', async () => {
		const [note] = await results(engine, 'create', { resource, document: byId(id), note: 'Paid' });
		const body = [{ id: note?.id, note: 'Paid', created: '2026-05-31T10:00:00Z', user: null }];
		await sandbox.misbehave({ method: 'DELETE', kind: 'status', status: 200, body });

		const refused = await refusal(engine, 'delete', {
			resource,
			document: byId(id),
			noteId: String(note?.id),
		});

		expect(refused.message).toBe(`Note ${String(note?.id)} of document ${id} was not deleted`);
	});

	if (profile === '3.0.5') {
		it('are not written to a version, which the server would accept', async () => {
			const [version] = await results(
				engine,
				'upload',
				{ resource: 'documentVersion', document: byId(id) },
				{ items: [await textFile(engine, 'Signed')] },
			);
			const asked = { resource, document: byId(version?.version) };
			await sandbox.forgetRequests();

			const created = await refusal(engine, 'create', { ...asked, note: 'Paid' });
			const deleted = await refusal(engine, 'delete', { ...asked, noteId: '1' });
			const listed = await refusal(engine, 'getAll', asked);
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

			const words = `is now a version of ${id}`;
			expect(created.message).toContain(`There is no document ${String(version?.version)}`);
			for (const { message } of [created, deleted, listed]) expect(message).toContain(words);
			expect(writes).toEqual([]);
		});
	}
});
