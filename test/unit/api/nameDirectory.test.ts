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

const wholeList = 'GET api/tags/?page=1&page_size=10000';

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

const folded = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Filters by name as the server does on SQLite: only ASCII letters are equal to those in another case. */
const listing =
	(objects: ReadonlyArray<{ id: number; name: string }>) =>
	({ query: { id__in: ids, name__iexact: name, name__icontains: part } = {} }: HttpRequest) =>
		page(
			objects.filter(
				(object) =>
					(ids === undefined || ids.split(',').includes(String(object.id))) &&
					(name === undefined || folded(name) === folded(object.name)) &&
					(part === undefined || folded(object.name).includes(folded(part))),
			),
		);

const answer = (request: HttpRequest) => {
	const { method, path, body } = request;
	if (method === 'POST') {
		const { name } = (body as { json: { name: string } }).json;
		return json({ id: 100, name }, 201);
	}
	if (path === 'api/users/') return page([{ id: 3, username: 'clara' }]);
	return path === 'api/documents/next_asn/' ? json(12) : listing(tags)(request);
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
		{ id: 6, name: 'Äpfel' },
		{ id: 7, name: 'ÄPFEL' },
		{ id: 8, name: 'Öl' },
		{ id: 9, name: 'O\u0308l' },
	];
	const named = () => start(listing(cafes)).names;

	it.each([
		['Caf\u00e9', 1],
		['CAFÉ', 1],
		['straße', 2],
		['edge', 3],
		['dup', 5],
		['ÄPFEL', 7],
		['Öl', 8],
		['O\u0308l', 8],
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

	it('are searched for one by one where they are few', async () => {
		const { transport, names } = start();

		await Promise.all([
			names.ids('tag', ['Inbox', 'invoice', 12]),
			names.id('tag', '2024'),
			names.id('correspondent', 'Inbox'),
		]);

		expect(transport.lines.toSorted()).toEqual([
			'GET api/correspondents/?name__iexact=Inbox&page=1&page_size=10000',
			'GET api/tags/?id__in=2024&page=1&page_size=10000',
			'GET api/tags/?name__iexact=2024&page=1&page_size=10000',
			'GET api/tags/?name__iexact=Inbox&page=1&page_size=10000',
			'GET api/tags/?name__iexact=invoice&page=1&page_size=10000',
		]);
	});

	it('are taken from the list of their kind where they are many', async () => {
		const { transport, names } = start();

		const ids = await names.ids('tag', ['Inbox', 'invoice', '2024', 'Eight', 'Rent, heating', '5']);

		expect(ids).toEqual([2, 3, 4, 8, 9, 5]);
		expect(transport.lines).toEqual([wholeList]);
	});

	it('are taken from the list as soon as many items have asked for single names', async () => {
		const { transport, names } = start();

		for (const name of ['Inbox', 'Eight', 'invoice', 'INBOX', 'Rent, heating', '8', '2024']) {
			await names.existing('tag', name);
		}

		expect(transport.lines.filter((line) => line.includes('name__'))).toHaveLength(5);
		expect(transport.lines.slice(5)).toEqual([wholeList]);
	});

	it('are searched for once, however many items ask for them', async () => {
		const { transport, names } = start();

		await Promise.all(['Inbox', ' Inbox', 'Inbox'].map((name) => names.id('tag', name)));
		await names.namesOf('tag', [2]);

		expect(transport.requests).toHaveLength(1);
	});

	it.each([
		['has another case in letters beyond ASCII', 'äpfel', 'is ambiguous'],
		['does not exist', 'Xylophone', 'There is no tag'],
	])('cost one search and one list at most where a name %s', async (_, name, message) => {
		const { transport, names } = start(
			listing([
				{ id: 6, name: 'Äpfel' },
				{ id: 7, name: 'äPFEL' },
			]),
		);

		await expect(names.id('tag', name)).rejects.toThrow(message);
		await expect(names.id('tag', name)).rejects.toThrow(message);

		expect(transport.lines).toEqual([expect.stringContaining('name__iexact'), wholeList]);
	});

	it.each(['', 'a\u0000b', 'x'.repeat(129)])(
		'never ask the server for what is no name: %j',
		async (name) => {
			const { transport, names } = start();

			await expect(names.id('tag', { name })).rejects.toThrow('There is no tag');

			expect(transport.lines).toEqual([wholeList]);
		},
	);

	it('are searched for part by part where they are paths of tags', async () => {
		const { transport, names } = start(
			listing([
				{ id: 1, name: 'Archive' },
				{ id: 2, name: '2024', parent: 1 },
				{ id: 3, name: '2024', parent: 7 },
			] as Array<{ id: number; name: string }>),
		);

		expect(await names.id('tag', 'Archive / 2024')).toBe(2);
		expect(transport.lines.filter((line) => line === wholeList)).toEqual([]);
	});
});

describe('The name of a tag in a filter, where lists of tags are slow', () => {
	/** Three tags at most, by name, as the search of the server finds them. */
	const searching = (request: HttpRequest) => {
		const { path, query: { query = '' } = {} } = request;
		if (path !== 'api/search/') return answer(request);
		const found = tags.filter(({ name }) => folded(name).includes(folded(query)));
		return json({ tags: found.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 3) });
	};
	const requests = async (...names: string[]) => {
		const { transport, names: directory } = start(searching);
		const ids = await directory.idsToFilter('tag', names);
		return { ids, lines: transport.lines.filter((line) => !line.includes('next_asn')) };
	};

	it('takes one search, which does not count documents', async () => {
		expect(await requests('Inbox', 'inbox')).toEqual({
			ids: [2],
			lines: [
				'GET api/search/?query=Inbox&db_only=true',
				'GET api/search/?query=inbox&db_only=true',
			],
		});
	});

	it.each([
		['that is shorter than any search', 'in', 'There is no tag'],
		['that several have', 'Bill', 'is ambiguous'],
		['that none has', 'Xylophone', 'There is no tag'],
	])('%s is looked up in the list', async (_, name, message) => {
		const { transport, names } = start(searching);

		await expect(names.idsToFilter('tag', [name])).rejects.toThrow(message);

		expect(transport.lines.some((line) => line.includes('api/tags/?name__iexact'))).toBe(true);
	});

	it('is looked up in the list where the search has shown only a part', async () => {
		const { transport, names } = start((request) =>
			request.path === 'api/search/'
				? json({ tags: ['Archive', 'Archive 1', 'Archive 2'].map((name, id) => ({ id, name })) })
				: listing([{ id: 4, name: 'Archive' }])(request),
		);

		expect(await names.idsToFilter('tag', ['Archive'])).toEqual([4]);
		expect(transport.lines.at(-1)).toContain('name__iexact=Archive');
	});

	it('is the one that is written exactly like this', async () => {
		expect((await requests('invoice')).ids).toEqual([3]);
	});

	it('is looked up in the list where the search is broken', async () => {
		const { names } = start((request) =>
			request.path === 'api/search/' ? json({ detail: 'No.' }, 403) : answer(request),
		);

		expect(await names.idsToFilter('tag', ['Inbox'])).toEqual([2]);
	});
});

describe('Finding an object', () => {
	it('by number asks for this one, and reports a missing object', async () => {
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
		const stored: Array<{ id: number; name: string }> = [];
		const { names } = start((request) => {
			if (request.method !== 'POST') return listing(stored)(request);
			stored.push({ id: 100, name: 'New' });
			return json(stored[0], 201);
		});

		await names.idOrCreate('correspondent', 'New');

		expect(await names.id('correspondent', 'New')).toBe(100);
	});

	it('creates nothing for an existing name', async () => {
		const { transport, names } = start();

		expect(await names.idOrCreate('tag', 'inbox')).toBe(2);
		expect(await names.idOrCreate('tag', 12)).toBe(12);
		expect(await names.idOrCreate('tag', '5')).toBe(5);
		expect(transport.requests.every(({ method }) => method === 'GET')).toBe(true);
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
				return raced ? listing([...tags, { id: 77, name: 'New' }])(request) : answer(request);
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

		expect(transport.lines).toEqual([wholeList]);
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

describe('The tags around others', () => {
	const nested = [
		{
			id: 1,
			name: 'Top',
			parent: null,
			children: [
				{
					id: 2,
					name: 'Middle',
					parent: 1,
					children: [{ id: 3, name: 'Low', parent: 2, children: [] }],
				},
			],
		},
		{
			id: 2,
			name: 'Middle',
			parent: 1,
			children: [{ id: 3, name: 'Low', parent: 2, children: [] }],
		},
		{ id: 3, name: 'Low', parent: 2, children: [] },
		{ id: 4, name: 'Other', parent: null, children: [] },
	];

	it('are those above and below them, with one request per level above', async () => {
		const { transport, names } = start(listing(nested));

		const found = await names.tagsAround([2, 4]);

		expect(found.map(({ id }) => id).toSorted()).toEqual([1, 2, 3, 4]);
		expect(transport.lines).toEqual([
			'GET api/tags/?id__in=2%2C4&page=1&page_size=10000',
			'GET api/tags/?id__in=1&page=1&page_size=10000',
		]);
	});

	it('are all tags where the server does not send what is below one', async () => {
		const { names } = start(listing(nested.map(({ id, name, parent }) => ({ id, name, parent }))));

		expect(await names.tagsAround([4])).toHaveLength(4);
	});

	it('are these alone on servers that do not nest tags', async () => {
		const { transport, names } = start(() => page([{ id: 4, name: 'Other' }], { release: '2.18' }));

		expect(await names.tagsAround([4])).toEqual([{ id: 4, name: 'Other' }]);
		expect(transport.requests).toHaveLength(1);
	});
});
