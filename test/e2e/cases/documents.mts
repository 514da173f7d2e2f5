import type { Row } from '../support/archive.mts';
import { byId, byName, node, type World } from '../support/world.mts';
import { type Case, item, letters, letter, list, textFile } from './case.mts';

/** Somebody without an account opens the link. */
const opened = async (world: World, slug: unknown) =>
	Buffer.from(
		await (await fetch(`${world.shared.paperless.url}/share/${String(slug)}`)).arrayBuffer(),
	).toString('latin1');

export const documents: Case[] = [
	{
		resource: 'document',
		does: 'changes a document that it found by its words',
		given: async (world) => {
			await letters(world, 'oats', 'rye');
			return [{}];
		},
		steps: ({ prefix }) => ({
			Find: { operation: 'getAll', searchMode: 'allWords', searchText: `${prefix} rye` },
			Change: {
				operation: 'update',
				document: byId(item),
				updateFields: { title: `${prefix} bread`, addTags: [`${prefix} baked`] },
				options: { createIfMissing: true },
			},
		}),
		proof: async (world) => {
			const [oats, bread] = await world.rows('documents');
			expect(oats).toMatchObject({ title: `${world.prefix} oats` });
			expect(bread).toMatchObject({
				title: `${world.prefix} bread`,
				tags: expect.arrayContaining(await world.ids('tags')),
			});
		},
	},
	{
		resource: 'document',
		does: 'makes one document of two texts with the same key',
		given: async (world) => {
			await world.create('custom_fields', 'Key', { data_type: 'string' });
			return [{}];
		},
		steps: ({ prefix }) => {
			const letter = {
				operation: 'upsert',
				matchBy: 'customField',
				customField: byName(`${prefix} Key`),
				customFieldValue: 'K-1',
				input: 'text',
				text: `About ${prefix}`,
				fileName: 'letter.txt',
			};
			return {
				Create: { ...letter, additionalFields: { title: `${prefix} draft` } },
				Again: { ...letter, additionalFields: { title: `${prefix} letter` } },
			};
		},
		proof: async (world, output) => {
			const [{ id } = {}] = output('Create');
			expect(output('Create')).toMatchObject([{ status: 'created', created: true }]);
			expect(output('Again')).toMatchObject([{ status: 'updated', created: false, id }]);
			expect(await world.rows('documents')).toMatchObject([
				{ id, title: `${world.prefix} letter` },
			]);
		},
	},
	{
		resource: 'documentBulk',
		does: 'tags all documents that meet a filter, and no other',
		given: async (world) => {
			await letters(world, 'bill one', 'bill two', 'card');
			return [{}];
		},
		steps: ({ prefix }) => ({
			Tag: {
				operation: 'updateTags',
				target: 'filter',
				filters: {
					texts: { rows: [{ field: 'title', condition: 'istartswith', text: `${prefix} bill` }] },
				},
				addTags: [`${prefix} bills`],
				options: { createIfMissing: true },
			},
		}),
		proof: async (world) => {
			const [tag] = await world.ids('tags');
			const tagged = (await world.rows('documents')).map(({ tags }) =>
				(tags as number[]).includes(tag ?? 0),
			);
			expect(tagged).toEqual([true, true, false]);
		},
	},
	{
		resource: 'pdf',
		does: 'makes one PDF of two, and two of one',
		given: async (world) => {
			const title = `${world.prefix} scan`;
			const ids = await world.sendPdfs(
				{ title: `${title} A`, pages: 1 },
				{ title: `${title} B`, pages: 2 },
			);
			return [{ ids, first: ids[0] }];
		},
		steps: () => ({
			Merge: {
				operation: 'merge',
				target: 'ids',
				documentIds: '={{ $json.ids }}',
				options: { metadataFrom: '={{ $json.first }}' },
			},
			Split: { operation: 'split', document: byId(item), pages: '1-2,3' },
		}),
		proof: async (world, output) => {
			const pages = (await world.rows('documents')).map(({ page_count: count }) => count);
			expect(pages).toEqual([1, 2, 3, 2, 1]);
			expect(output('Split').map(({ id }) => id)).toEqual((await world.ids('documents')).slice(3));
		},
	},
	{
		resource: 'documentVersion',
		does: 'adds a version to a document',
		since: '3.0',
		given: async (world) => [{ id: (await letters(world, 'letter'))[0], text: 'Signed' }],
		steps: () => ({
			File: textFile,
			Add: {
				operation: 'upload',
				document: byId("={{ $('Items').item.json.id }}"),
				label: 'Draft',
			},
			Rename: {
				operation: 'rename',
				document: byId('={{ $json.document }}'),
				version: '={{ $json.version }}',
				label: 'Signed',
			},
		}),
		proof: async (world) => {
			const [document] = await world.rows('documents');
			const { versions } = await world.api<Row>('GET', `documents/${document?.id}/`);
			expect(versions).toMatchObject([{ version_label: 'Signed' }, { is_root: true }]);
		},
	},
	{
		resource: 'note',
		does: 'adds a note and deletes another by its text',
		given: async (world) => {
			const [id] = await letters(world, 'letter');
			await world.api('POST', `documents/${id}/notes/`, { note: 'Old' });
			return [{ id }];
		},
		steps: () => ({
			Add: { operation: 'create', document: byId(item), note: 'New' },
			Delete: {
				operation: 'delete',
				document: byId('={{ $json.document }}'),
				deleteBy: 'text',
				text: 'Old',
			},
		}),
		proof: async (world) => {
			const [id] = await world.ids('documents');
			expect(await world.api('GET', `documents/${id}/notes/`)).toMatchObject([{ note: 'New' }]);
		},
	},
	{
		resource: 'shareLink',
		does: 'makes a link at which anybody gets the file',
		given: letter,
		steps: () => ({
			Share: {
				operation: 'create',
				document: byId(item),
				fileVersion: 'original',
				expiration: '={{ $now.plus({ days: 1 }).toISO() }}',
			},
		}),
		proof: async (world) => {
			const [id] = await world.ids('documents');
			const [link] = await world.api<Row[]>('GET', `documents/${id}/share_links/`);
			expect(await opened(world, link?.['slug'])).toContain('About letter');
		},
	},
	{
		resource: 'shareLinkBundle',
		does: 'makes a link at which anybody gets several files, until it deletes it',
		since: '3.0',
		given: async (world) => [{ ids: await letters(world, 'one', 'two') }],
		steps: ({ shared }) => ({
			Share: {
				operation: 'create',
				documentIds: '={{ $json.ids }}',
				fileVersion: 'original',
				simple: false,
			},
			Open: node('', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `=${shared.paperless.url}/share/{{ $json.slug }}`,
				options: { response: { response: { responseFormat: 'text' } } },
			}),
			Delete: { operation: 'delete', bundleId: "={{ $('Share').item.json.id }}" },
		}),
		proof: async (world, output) => {
			const [bundle] = output('Share');
			expect(String(output('Open')[0]?.['data'])).toMatch(/^PK/);
			expect(
				(await list(world, 'share_link_bundles/?page_size=1000')).map(({ id }) => id),
			).not.toContain(bundle?.['id']);
		},
	},
];
