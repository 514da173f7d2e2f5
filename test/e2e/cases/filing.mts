import { byId, byName } from '../support/world.mts';
import { type Case, item, letter } from './case.mts';

export const filing: Case[] = [
	{
		resource: 'correspondent',
		does: 'creates a correspondent once, however often it is asked to, and changes it by name',
		given: async () => [{}, {}],
		steps: ({ prefix }) => ({
			Ensure: { operation: 'upsert', name: `${prefix} Water Works` },
			Change: {
				operation: 'update',
				correspondent: byName(`${prefix} Water Works`),
				updateFields: { match: 'water', matchingAlgorithm: 1 },
			},
		}),
		proof: async (world) =>
			expect(await world.rows('correspondents')).toMatchObject([
				{ name: `${world.prefix} Water Works`, match: 'water', matching_algorithm: 1 },
			]),
	},
	{
		resource: 'documentType',
		does: 'creates a document type and deletes another',
		given: async (world) => [{ id: await world.create('document_types', 'Old') }],
		steps: ({ prefix }) => ({
			Delete: { operation: 'delete', documentType: byId(item) },
			Create: { operation: 'create', name: `${prefix} New` },
		}),
		proof: async (world) =>
			expect(await world.rows('document_types')).toMatchObject([{ name: `${world.prefix} New` }]),
	},
	{
		resource: 'storagePath',
		does: 'creates a storage path that it tested on a document',
		given: letter,
		steps: ({ prefix }) => ({
			Test: { operation: 'test', path: '{{ title }}/{{ created_year }}', document: byId(item) },
			Create: { operation: 'create', name: `${prefix} by title`, path: '={{ $json.path }}' },
		}),
		proof: async (world, output) => {
			expect(output('Test')[0]?.['result']).toContain(`${world.prefix} letter/`);
			expect(await world.rows('storage_paths')).toMatchObject([
				{ path: '{{ title }}/{{ created_year }}' },
			]);
		},
	},
	{
		resource: 'tag',
		does: 'moves documents from one tag to another',
		given: async (world) => {
			const tags = [await world.create('tags', 'old')];
			await world.create('tags', 'new');
			await world.sendTexts({ title: `${world.prefix} letter`, text: 'x', fields: { tags } });
			return [{}];
		},
		steps: ({ prefix }) => ({
			Change: {
				operation: 'update',
				tag: byName(`${prefix} new`),
				updateFields: { color: '#1f78b4' },
			},
			Merge: {
				operation: 'delete',
				tag: byName(`${prefix} old`),
				options: { moveDocumentsTo: byName(`${prefix} new`) },
			},
		}),
		proof: async (world) => {
			const [tag, ...others] = await world.rows('tags');
			const [document] = await world.rows('documents');
			expect(others).toEqual([]);
			expect(tag).toMatchObject({ name: `${world.prefix} new`, color: '#1f78b4' });
			expect(document?.['tags']).toEqual([tag?.id]);
		},
	},
	{
		resource: 'customField',
		does: 'creates a choice, and adds an option to it',
		steps: ({ prefix }) => ({
			Create: {
				operation: 'create',
				name: `${prefix} Status`,
				dataType: 'select',
				selectOptions: 'Open, Paid',
			},
			Extend: {
				operation: 'update',
				customField: byId(item),
				updateFields: { addOptions: 'Objected' },
			},
		}),
		proof: async (world) =>
			expect(await world.rows('custom_fields')).toMatchObject([
				{
					data_type: 'select',
					extra_data: {
						select_options: [{ label: 'Open' }, { label: 'Paid' }, { label: 'Objected' }],
					},
				},
			]),
	},
	{
		resource: 'savedView',
		does: 'saves filters as a view, and gets the documents that it shows',
		given: async (world) => {
			const owned = await world.create('correspondents', 'Sender');
			const title = `${world.prefix} letter`;
			await world.sendTexts(
				{ title, text: 'mine', fields: { correspondent: owned } },
				{ title: `${title} of nobody`, text: 'theirs' },
			);
			return [{}];
		},
		steps: ({ prefix }) => ({
			Save: {
				operation: 'create',
				name: `${prefix} view`,
				filters: { correspondents: [`${prefix} Sender`] },
				options: { sortField: 'title' },
			},
			Show: { operation: 'getDocuments', savedView: byName(`${prefix} view`) },
		}),
		proof: async (world, output) => {
			const [sender] = await world.ids('correspondents');
			const [mine] = await world.ids('documents');
			expect(await world.rows('saved_views')).toMatchObject([
				{ sort_field: 'title', filter_rules: [{ value: String(sender) }] },
			]);
			expect(output('Show').map(({ id }) => id)).toEqual([mine]);
		},
	},
];
