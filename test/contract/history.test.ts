import { profiles, Sandbox } from '../support/sandbox.mts';

type Entry = {
	action: string;
	changes: Record<string, unknown>;
	actor: { username: string } | null;
};

const bulk = (method: string, parameters: object) =>
	['POST', 'documents/bulk_edit/', { documents: [1], method, parameters }] as const;

const patch = (body: object) => ['PATCH', 'documents/1/', body] as const;

const value = (field: string, text: string) => ({
	custom_fields: { type: 'custom_field', field, value: text },
});

const tags = (operation: string, ...objects: string[]) => ({
	tags: { type: 'm2m', operation, objects },
});

const instances = [expect.any(Number)];
const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);

/**
 * What servers of all three versions were seen to write, oldest first. Document 1 begins with the
 * tag 1 and the correspondent 2; a step finds what the steps before it left.
 */
const steps: [
	step: string,
	request: readonly [method: string, path: string, body?: object],
	entries: [string, object, string | null][],
][] = [
	['a PATCH that changes nothing', patch({ title: 'Library card' }), []],
	[
		'a PATCH of everything',
		patch({ title: 'Card', tags: [2, 3], custom_fields: [{ field: 1, value: 'A' }] }),
		[
			['update', { title: ['Library card', 'Card'] }, 'admin'],
			['update', tags('delete', 'Inbox'), 'admin'],
			['update', tags('add', 'invoice', 'Household'), 'admin'],
			['create', value('Reference', 'A'), 'admin'],
		],
	],
	[
		'a PATCH that empties a value',
		patch({ custom_fields: [{ field: 1, value: null }] }),
		[['update', value('Reference', 'None'), 'admin']],
	],
	['a PATCH that takes a value off', patch({ custom_fields: [] }), []],
	['a PATCH of rights', patch({ set_permissions: { view: { users: [], groups: [1] } } }), []],
	[
		'a bulk edit of tags',
		bulk('modify_tags', { add_tags: [1], remove_tags: [2] }),
		[['update', { tags: [3, [1, 3]] }, 'admin']],
	],
	[
		'a bulk edit that finds the tag there',
		bulk('add_tag', { tag: 1 }),
		[['update', { tags: [3, [1, 3]] }, 'admin']],
	],
	[
		'a bulk edit of the correspondent',
		bulk('set_correspondent', { correspondent: null }),
		[['update', { correspondent: [2, null] }, 'admin']],
	],
	[
		'a bulk edit of values',
		bulk('modify_custom_fields', { add_custom_fields: { 1: 'B' }, remove_custom_fields: [] }),
		[
			['create', value('Reference', 'B'), null],
			['update', { custom_fields: [null, instances] }, 'admin'],
		],
	],
	[
		'a bulk edit of rights',
		bulk('set_permissions', { set_permissions: { view: {}, change: {} }, owner: null }),
		[],
	],
	[
		'a note',
		['POST', 'documents/1/notes/', { note: 'x' }],
		[['update', { 'Note Added': ['None', expect.any(Number)] }, null]],
	],
	['a tag that is deleted', ['DELETE', 'tags/3/'], []],
];

describe.each(profiles)('The history in the sandbox, on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let seen: number;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		seen = (await history()).length;
	});
	afterAll(async () => await sandbox.close());

	const history = async () => await sandbox.api<Entry[]>('GET', 'documents/1/history/');

	/** What came since the last look, oldest first. */
	async function news() {
		const entries = (await history()).toReversed();
		const fresh = entries.slice(seen);
		seen = entries.length;
		return fresh.map(({ action, changes, actor }) => [action, changes, actor?.username ?? null]);
	}

	it.each(steps)('tells of %s what real servers do', async (_, [method, path, body], entries) => {
		await sandbox.api(method, path, body);

		expect(await news()).toEqual(entries);
	});

	it('tells of the trash in nobody’s name', async () => {
		await sandbox.api('DELETE', 'documents/1/');
		await sandbox.api('POST', 'trash/', { action: 'restore', documents: [1] });

		expect(await news()).toEqual([
			[
				'update',
				{ deleted_at: ['None', time], transaction_id: ['None', expect.any(String)] },
				null,
			],
			['update', expect.objectContaining({ restored_at: ['None', time] }), null],
		]);
	});
});
