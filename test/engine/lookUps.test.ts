import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { clock } from '../../nodes/toolkit/clock';
import { byId, refusal, results } from '../support/paperless.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { useSandbox } from '../support/useSandbox.mts';

/** Each request for tags costs some servers the count of all of them, whatever it asks for. */
describe('Requests for tags', () => {
	const { sandbox, engine } = useSandbox('3.0.5', 'empty');
	let id: (name: string) => number;
	const first = 1;

	beforeEach(async () => {
		await sandbox.reset('empty');
		await sandbox.seed({ documents: 12, tags: 24 });
		const { results: tags } = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			'tags/?page_size=100',
		);
		id = (name) => Number(tags.find((tag) => tag.name === name)?.id);
		for (let document = first; document <= 8; document += 1)
			await label(document, 'Tag 1', 'Tag 2');
		await sandbox.forgetRequests();
	});

	const label = async (document: number, ...names: string[]) =>
		await sandbox.api('PATCH', `documents/${document}/`, { tags: names.map(id) });

	/** The requests for tags that were seen, without paging and with ids in their order. */
	const seen = async () =>
		(await sandbox.requests())
			.filter(({ path }) => path.startsWith('/api/tags/'))
			.map(({ method, query }) => {
				const asked = new URLSearchParams(query);
				const ids = asked.get('id__in')?.split(',').map(Number);
				const what = ids
					? ids.sort((a, b) => a - b).join()
					: (asked.get('name__iexact') ?? asked.get('name__icontains') ?? '');
				return [method, what].filter(Boolean).join(' ');
			});
	const asks = (...names: string[]) =>
		`GET ${names
			.map(id)
			.sort((a, b) => a - b)
			.join()}`;

	const trigger = async (parameters: INodeParameters) => {
		const watching = new PollingTrigger(
			{ baseUrl: sandbox.url, apiToken: sandbox.tokens.admin },
			{ events: ['documentUpdated'], ...parameters },
		);
		await watching.poll();
		return watching;
	};
	const poll = async (watching: PollingTrigger): Promise<IDataObject[]> => {
		await sandbox.forgetRequests();
		return await watching.poll();
	};

	describe('of Get Many', () => {
		it('are one for filters by ID and all names of the output together', async () => {
			const filters = { allTags: [id('Tag 1')], excludeTags: [id('Tag 9')] };

			const documents = await results(engine, 'getAll', { filters });

			expect(documents).toHaveLength(8);
			expect(documents[0]?.tags).toEqual(['Tag 1', 'Tag 2']);
			expect(await seen()).toEqual([asks('Tag 1', 'Tag 2', 'Tag 9')]);
		});

		it('do not repeat in the output what the filter found by name', async () => {
			await results(engine, 'getAll', { filters: { anyTags: ['Tag 1'] } });

			expect(await seen()).toEqual(['GET Tag 1', asks('Tag 2')]);
		});

		it('are one for a filter by a name that a search of the server finds', async () => {
			await label(12, 'Tag 24');
			await sandbox.forgetRequests();

			const documents = await results(engine, 'getAll', { filters: { anyTags: ['Tag 24'] } });

			expect(documents).toMatchObject([{ id: 12, tags: ['Tag 24'] }]);
			expect(await seen()).toEqual([asks('Tag 24')]);
		});

		it('are one for filters by ID where nothing is to be named', async () => {
			const filters = { anyTags: [id('Tag 1')], excludeTags: [id('Tag 9')] };

			await results(engine, 'getAll', { filters, output: 'raw' });

			expect(await seen()).toEqual([asks('Tag 1', 'Tag 9')]);
		});

		it('are none where documents without tags are found without a filter', async () => {
			for (let document = first; document <= 12; document += 1) await label(document);
			await sandbox.forgetRequests();

			await results(engine, 'getAll');

			expect(await seen()).toEqual([]);
		});

		it.each(['simplified', 'raw'])('still refuse an unknown ID (%s)', async (output) => {
			const filters = { excludeTags: [id('Tag 1'), 9999] };

			const { message } = await refusal(engine, 'getAll', { filters, output });

			expect(message).toContain('There is no tag with the ID 9999');
		});
	});

	describe('of a tag that is created', () => {
		const update = (addTags: string) => ({
			document: byId(first),
			updateFields: { addTags },
			options: { createIfMissing: true },
		});

		it('are a search and the creation, and not the list', async () => {
			const [updated] = await results(engine, 'update', update('Brand New'));

			expect(updated?.changes).toMatchObject({ tags: { added: ['Brand New'] } });
			expect(await seen()).toEqual(['GET Brand New', 'POST']);
		});

		it('are the same for several items', async () => {
			const items = ['One', 'Two', 'one', 'Two'].map((tag) => ({ json: { tag } }));

			await results(engine, 'update', update('={{ $json.tag }}'), { items });

			expect((await seen()).toSorted()).toEqual([...['GET One', 'GET Two', 'POST', 'POST']]);
		});

		it('read the list for a name with letters that the server does not compare well', async () => {
			await sandbox.api('POST', 'tags/', { name: 'ÉTÉ' });
			await sandbox.forgetRequests();

			const [updated] = await results(engine, 'update', update('été'));

			expect(updated?.changes).toMatchObject({ tags: { added: ['ÉTÉ'] } });
			expect(await seen()).toEqual(['GET']);
		});
	});

	describe('of the polling trigger', () => {
		it('are one for filters by ID, the history, what changed and the document', async () => {
			const watching = await trigger({ filters: { anyTags: [id('Tag 1')] } });
			// The history of a change counts from a second after the change before.
			await clock.pause(2000);
			await label(first, 'Tag 1', 'Tag 5');

			const [update] = await poll(watching);

			expect(update).toMatchObject({
				tags: ['Tag 1', 'Tag 5'],
				changes: { tags: { added: ['Tag 5'], removed: ['Tag 2'] } },
			});
			expect(await seen()).toEqual([asks('Tag 1', 'Tag 2', 'Tag 5')]);
		});

		it('are none for a poll that finds nothing', async () => {
			const watching = await trigger({ filters: { anyTags: [id('Tag 1')] } });

			expect(await poll(watching)).toEqual([]);
			expect(await seen()).toEqual([]);
		});

		it('still show that the tag of a filter was deleted', async () => {
			const watching = await trigger({ filters: { anyTags: [id('Tag 5'), id('Tag 1')] } });
			await sandbox.api('DELETE', `tags/${id('Tag 5')}/`);
			await label(first, 'Tag 1');

			await expect(poll(watching)).rejects.toThrow(`There is no tag with the ID ${id('Tag 5')}`);
		});
	});
});
