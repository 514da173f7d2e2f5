import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { NameDirectory } from '../../../nodes/api/nameDirectory';
import { paperlessClient } from '../../../nodes/api/paperlessClient';
import type { HttpRequest } from '../../../nodes/api/httpTransport';
import {
	FakeTransport,
	json,
	page,
	recordedWait,
	refusalOf,
} from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const tags = [
	{ id: 1, name: 'Invoice' },
	{ id: 2, name: 'Inbox' },
	{ id: 3, name: 'invoice' },
	{ id: 4, name: '2024' },
	{ id: 5, name: 'Bill' },
	{ id: 6, name: 'Bill' },
	{ id: 7, name: '8' },
	{ id: 8, name: 'Eight' },
	{ id: 9, name: 'Rent, heating' },
];

const answer = ({ method, path, body }: HttpRequest) => {
	if (method === 'POST') {
		const { name } = (body as { json: { name: string } }).json;
		return json({ id: 100, name }, 201);
	}
	if (path === 'api/users/') return page([{ id: 3, username: 'clara' }]);
	return path === 'api/documents/next_asn/' ? json(12) : page(tags);
};

function start(answers: ConstructorParameters<typeof FakeTransport>[0] = answer) {
	const transport = new FakeTransport(answers);
	const client = paperlessClient(transport, recordedWait().wait);
	return { transport, names: new NameDirectory(client) };
}

describe('A reference', () => {
	it.each([
		['a number', 12, 12],
		['a name', 'Inbox', 2],
		['a name with blanks around', '  Inbox ', 2],
		['a name in another case', 'INBOX', 2],
		['the exact name where another differs by case', 'invoice', 3],
		['an id in a text', '5', 5],
		['a name of digits', '2024', 4],
		['a name with a comma', 'Rent, heating', 9],
	])('that is %s is resolved', async (_, reference, id) => {
		expect(await start().names.id('tag', reference)).toBe(id);
	});

	it('that is a number is left for the server to check', async () => {
		const { transport, names } = start();

		expect(await names.id('tag', 4711)).toBe(4711);
		expect(transport.requests).toEqual([]);
	});

	it('that is text is looked up, even if it is an id', async () => {
		const refusal = await refusalOf(start().names.id('tag', '4711'), PaperlessError);

		expect(refusal.kind).toBe('unresolved');
		expect(refusal.message).toBe('There is no tag “4711”');
	});

	it('that fits several objects is ambiguous, and the ids are named', async () => {
		const refusal = await refusalOf(start().names.id('tag', 'Bill', 'addTags'), PaperlessError);

		expect(refusal.message).toBe('Tag “Bill” is ambiguous');
		expect(refusal.description).toContain('“Bill” (ID 5), “Bill” (ID 6)');
		expect(refusal.parameter).toBe('addTags');
	});

	it('that is the id of one object and the name of another is ambiguous', async () => {
		const refusal = await refusalOf(start().names.id('tag', '8'), PaperlessError);

		expect(refusal.description).toContain('“Eight” (ID 8), “8” (ID 7)');
	});

	it.each([
		['Invoices', '“Invoice”'],
		['Inboks', '“Inbox”'],
		['heating', '“Rent, heating”'],
	])('that is “%s” and matches nothing suggests %s', async (wanted, near) => {
		const refusal = await refusalOf(start().names.id('tag', wanted), PaperlessError);

		expect(refusal.description).toContain(`Did you mean ${near}`);
	});

	it('that is similar to nothing suggests nothing', async () => {
		const refusal = await refusalOf(start().names.id('tag', 'Xylophone'), PaperlessError);

		expect(refusal.description).not.toContain('Did you mean');
	});

	it('to a user is looked up by the user name', async () => {
		expect(await start().names.id('user', 'clara')).toBe(3);
	});
});

describe('A name', () => {
	const cafes = [
		{ id: 1, name: 'Cafe\u0301' },
		{ id: 2, name: 'Straße' },
		{ id: 3, name: ' Edge ' },
		{ id: 4, name: 'Dup' },
		{ id: 5, name: 'dup' },
	];
	const named = () => start([page(cafes)]).names;

	it.each([
		['Caf\u00e9', 1],
		['CAFÉ', 1],
		['straße', 2],
		['edge', 3],
		['dup', 5],
	])('is compared as people read it: %s', async (name, id) => {
		expect(await named().id('tag', { name })).toBe(id);
		expect((await named().existing('tag', name))?.id).toBe(id);
	});

	it('that several objects have but for the case is refused everywhere alike', async () => {
		const message = 'Tag “DUP” is ambiguous';

		await expect(named().find('tag', { name: 'DUP' })).rejects.toThrow(message);
		await expect(named().existing('tag', 'DUP')).rejects.toThrow(message);
		await expect(named().idOrCreate('tag', 'DUP')).rejects.toThrow(message);
	});

	it('of digits never means the object with this id', async () => {
		const refusal = await refusalOf(start().names.find('tag', { name: '5' }), PaperlessError);

		expect(refusal.message).toBe('There is no tag “5”');
		expect(refusal.description).toContain('To use the ID 5, choose “By ID”.');
	});
});

describe('The ids of several references', () => {
	it('are unique, for ids and names alike', async () => {
		expect(await start().names.ids('tag', [12, 'Inbox', '5', 2])).toEqual([12, 2, 5]);
	});

	it('need one list per kind, however many are resolved at once', async () => {
		const { transport, names } = start();

		await Promise.all([
			names.ids('tag', ['Inbox', 'invoice']),
			names.id('tag', '2024'),
			names.find('tag', 2),
			names.id('correspondent', 'Inbox'),
		]);

		expect(transport.lines).toEqual([
			'GET api/tags/?page=1&page_size=10000',
			'GET api/correspondents/?page=1&page_size=10000',
		]);
	});
});

describe('Finding an object', () => {
	it('by number uses the list, and reports a missing object', async () => {
		const { names } = start();

		expect(await names.find('tag', 2)).toEqual({ id: 2, name: 'Inbox' });
		const refusal = await refusalOf(names.find('tag', 4711), PaperlessError);
		expect(refusal.message).toBe('There is no tag with the ID 4711');
	});

	it('by its exact name treats digits as a name', async () => {
		const { names } = start();

		expect(await names.existing('tag', '8')).toEqual({ id: 7, name: '8' });
		expect(await names.existing('tag', '1')).toBeUndefined();
	});

	it('finds an object that was created in the meantime', async () => {
		const { names } = start();
		await names.all('tag');

		await names.add('tag', { id: 50, name: 'Fresh' });

		expect(await names.id('tag', 'Fresh')).toBe(50);
	});
});

describe('Create If Missing', () => {
	it('creates a name without a matching algorithm, so that the server does not assign it to other documents', async () => {
		const { transport, names } = start();

		expect(await names.idOrCreate('tag', ' New ')).toBe(100);
		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/tags/',
			body: { json: { name: 'New', matching_algorithm: 0 } },
		});
	});

	it('creates a name once for many items, in whatever case they write it', async () => {
		const { transport, names } = start();

		const ids = await Promise.all(
			['New', 'New', 'NEW', ' new'].map(async (name) => await names.idOrCreate('tag', name)),
		);

		expect(ids).toEqual([100, 100, 100, 100]);
		expect(transport.lines.filter((line) => line.startsWith('POST'))).toEqual(['POST api/tags/']);
	});

	it('makes the new object known by its name', async () => {
		const { names } = start();

		await names.idOrCreate('correspondent', 'New');

		expect(await names.id('correspondent', 'New')).toBe(100);
	});

	it('creates nothing for an existing name', async () => {
		const { transport, names } = start();

		expect(await names.idOrCreate('tag', 'inbox')).toBe(2);
		expect(await names.idOrCreate('tag', 12)).toBe(12);
		expect(await names.idOrCreate('tag', '5')).toBe(5);
		expect(transport.lines).toEqual(['GET api/tags/?page=1&page_size=10000']);
	});

	it.each(['4711', { name: '4711' }, { name: '5' }])(
		'creates a name of digits that no tag has: %j',
		async (reference) => {
			const { names } = start();

			expect(await names.idOrCreate('tag', reference)).toBe(100);
		},
	);

	it('takes the object that another execution created meanwhile', async () => {
		let raced = false;
		const { names } = start((request) => {
			if (request.method !== 'POST') {
				return raced ? page([...tags, { id: 77, name: 'New' }]) : answer(request);
			}
			raced = true;
			return json({ error: 'Object violates owner / name unique constraint' }, 400);
		});

		expect(await names.idOrCreate('tag', 'New')).toBe(77);
	});

	it('reports the refusal where no object has the name afterwards', async () => {
		const { names } = start((request) =>
			request.method === 'POST' ? json({ name: ['Too odd.'] }, 400) : answer(request),
		);

		const refusal = await refusalOf(names.idOrCreate('tag', 'New', 'addTags'), PaperlessError);

		expect(refusal.message).toContain('Too odd.');
		expect(refusal.parameter).toBe('addTags');
	});

	it('can make the new object nobody’s, and reports a server that does not', async () => {
		const { transport, names } = start((request) =>
			request.method === 'POST' ? json({ id: 100, name: 'New', owner: 3 }, 201) : answer(request),
		);

		const refusal = await refusalOf(
			names.idOrCreate('tag', 'New', undefined, { owner: null }),
			PaperlessError,
		);

		expect(transport.requests.at(-1)?.body).toMatchObject({ json: { owner: null } });
		expect(refusal.fields).toEqual({ owner: 'Paperless-ngx stored 3 instead of null' });
	});

	it('fails for every item when the user may not create it', async () => {
		const { names } = start((request) =>
			request.method === 'POST' ? json({ detail: 'No.' }, 403) : answer(request),
		);

		const refusals = await Promise.all(
			['New', 'New'].map(
				async (name) => await refusalOf(names.idOrCreate('documentType', name), PaperlessError),
			),
		);

		expect(refusals.map(({ kind }) => kind)).toEqual(['forbidden', 'forbidden']);
	});
});

describe('Names for ids', () => {
	it('of a few ids are requested by these ids', async () => {
		const { transport, names } = start([page([{ id: 2, name: 'Inbox' }])]);

		expect(await names.namesOf('tag', [2, 2, 12])).toEqual(new Map([[2, 'Inbox']]));
		expect(transport.requests[0]?.query).toMatchObject({ id__in: '2,12' });
	});

	it('of many ids are read as the whole list, because the URL would be too long', async () => {
		const { transport, names } = start();

		await names.namesOf(
			'tag',
			Array.from({ length: 201 }, (_, index) => index + 1),
		);

		expect(transport.lines).toEqual(['GET api/tags/?page=1&page_size=10000']);
	});

	it('come from a list that was already read', async () => {
		const { transport, names } = start();
		await names.all('tag');

		expect((await names.namesOf('tag', [2])).get(2)).toBe('Inbox');
		expect(transport.requests).toHaveLength(1);
	});

	it('for no ids need no request', async () => {
		const { transport, names } = start();

		expect(await names.namesOf('tag', [])).toEqual(new Map());
		expect(transport.requests).toEqual([]);
	});
});
