import { forgetServers } from '../../../../nodes/api/connection';
import type { HttpRequest } from '../../../../nodes/api/httpTransport';
import type { DocumentIntent } from '../../../../nodes/documents/edit/documentIntent';
import { editDocuments } from '../../../../nodes/documents/edit/editDocuments';
import { PlannedNames } from '../../../../nodes/documents/edit/plannedNames';
import { contextOn } from '../../../support/context.mts';
import { FakeTransport, json, page } from '../../../support/fakeTransport.mts';

beforeEach(forgetServers);

type Stored = {
	id: number;
	title: string;
	correspondent: number | null;
	tags: number[];
	custom_fields: Array<{ field: number; value: unknown }>;
	owner: number | null;
};
type Body = { documents: number[]; method: string; parameters: Record<string, unknown> };
/** How a server distorts a write before it stores it; `undefined` drops it. */
type Distort = (document: Stored, changes: Partial<Stored>) => Partial<Stored> | undefined;

const honest: Distort = (_, changes) => changes;
const tags = [1, 2, 3].map((id) => ({ id, name: `T${id}`, parent: null }));
const fields = [{ id: 7, name: 'Amount', data_type: 'float' }];

/** A server with the documents 1 to 3, which answers OK whatever it stores. */
function archive(distort: Distort = honest) {
	const rows = new Map(
		[1, 2, 3].map((id): [number, Stored] => [
			id,
			{ id, title: `D${id}`, correspondent: null, tags: [1], custom_fields: [], owner: null },
		]),
	);
	const write = (id: number, changes: (row: Stored) => Partial<Stored>) => {
		const row = rows.get(id);
		if (row) Object.assign(row, distort(row, changes(row)));
		return row;
	};
	const edits: Record<string, (row: Stored, given: Record<string, unknown>) => Partial<Stored>> = {
		modify_tags: (row, { add_tags: add, remove_tags: remove }) => ({
			tags: [
				...new Set([
					...row.tags.filter((id) => !(remove as number[]).includes(id)),
					...(add as number[]),
				]),
			],
		}),
		set_correspondent: (_, { correspondent }) => ({ correspondent: correspondent as number }),
		modify_custom_fields: (_, { add_custom_fields: add }) => ({
			custom_fields: Object.entries(add as object).map(([field, value]) => ({
				field: Number(field),
				value: value as unknown,
			})),
		}),
	};
	const transport = new FakeTransport(({ method, path, query, body }: HttpRequest) => {
		if (path === 'api/tags/') return page(tags);
		if (path === 'api/custom_fields/') return page(fields);
		if (path === 'api/correspondents/') return page([{ id: 5, name: 'ACME' }]);
		if (method === 'GET') {
			const asked = (query?.id__in ?? '').split(',').map(Number);
			return page(asked.flatMap((id) => rows.get(id) ?? []));
		}
		const sent = body && 'json' in body ? body.json : {};
		if (method === 'PATCH') {
			const id = Number(/(\d+)\/$/.exec(path)?.[1]);
			return json(write(id, () => sent as Partial<Stored>));
		}
		const { documents, method: name, parameters } = sent as Body;
		for (const id of documents) write(id, (row) => edits[name]?.(row, parameters) ?? {});
		return json({ result: 'OK' });
	});
	const context = contextOn(transport);
	const edit = async (...all: Array<[ids: number[], intent: DocumentIntent]>) => {
		const results = await editDocuments(
			context,
			all.map(([ids, intent]) => ({ ids, intent })),
			new PlannedNames(context.names),
		);
		return results.map((result) =>
			Object.fromEntries(
				[...result].map(([id, report]) => [
					id,
					report instanceof Error ? report.message : report.changes,
				]),
			),
		);
	};
	const writes = () => transport.requests.filter(({ method }) => method !== 'GET').length;
	return { edit, rows, writes };
}

describe('An edit of documents', () => {
	it('shares a request among equal changes and reports each', async () => {
		const { edit, writes } = archive();

		const told = await edit([[1, 2], { tags: { add: [2] } }], [[3], { tags: { add: [2] } }]);

		const changes = { tags: { added: ['T2'], removed: [] } };
		expect(told).toEqual([{ 1: changes, 2: changes }, { 3: changes }]);
		expect(writes()).toBe(1);
	});

	it('does items that aim at one document in their order', async () => {
		const { edit, rows } = archive();

		const told = await edit(
			[[1], { tags: { add: [2] } }],
			[[2], { tags: { remove: [1] } }],
			[[1], { tags: { remove: [2] } }],
			[[1], { tags: { add: [2] } }],
		);

		expect(rows.get(1)?.tags).toEqual([1, 2]);
		expect(told.map((result) => Object.values(result)[0])).toEqual([
			{ tags: { added: ['T2'], removed: [] } },
			{ tags: { added: [], removed: ['T1'] } },
			{ tags: { added: [], removed: ['T2'] } },
			{ tags: { added: ['T2'], removed: [] } },
		]);
	});

	it('writes nothing that is so already', async () => {
		const { edit, writes } = archive();

		expect(await edit([[1, 2], { tags: { add: [1] }, values: { title: 'D1' } }])).toEqual([
			{ 1: {}, 2: { title: { from: 'D2', to: 'D1' } } },
		]);
		expect(writes()).toBe(1);
	});
});

describe('A server that answers OK', () => {
	const intents: Array<[string, DocumentIntent, RegExp]> = [
		['tags', { tags: { add: [2] } }, /tag “T2” is missing/],
		['a correspondent', { values: { correspondent: 5 } }, /correspondent is empty/],
		['a title', { values: { title: 'New' } }, /title is “D\d”/],
		['a custom field', { customFields: { set: { 7: 12.5 } } }, /custom field “Amount” is empty/],
	];

	it.each(intents)('but ignores %s is found out', async (_, intent, words) => {
		const { edit } = archive(() => undefined);

		for (const result of await edit([[1], intent], [[2, 3], intent]))
			for (const told of Object.values(result)) expect(told).toMatch(words);
	});

	it.each(intents)('but leaves out one document of %s is found out', async (_, intent, words) => {
		const { edit } = archive(({ id }, changes) => (id === 2 ? undefined : changes));

		const [told = {}] = await edit([[1, 2, 3], intent]);

		expect([1, 3].map((id) => typeof told[id])).toEqual(['object', 'object']);
		expect(told[2]).toMatch(words);
	});

	it('but stores another value is found out, with what is there', async () => {
		const { edit } = archive((_, changes) => ({
			...changes,
			...('title' in changes && { title: 'Mine' }),
			...('custom_fields' in changes && { custom_fields: [{ field: 7, value: 12 }] }),
		}));

		const [told = {}] = await edit([[1], { values: { title: 'New' } }]);
		const [value = {}] = await edit([[1], { customFields: { set: { 7: 12.5 } } }]);

		expect(told[1]).toContain('title is “Mine”');
		expect(value[1]).toContain('custom field “Amount” is 12');
	});
});
