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

describe('The id of a reference', () => {
	it.each([
		['a number', 12, 12],
		['a name', 'Inbox', 2],
		['a name with blanks around', '  Inbox ', 2],
		['a name in other case', 'INBOX', 2],
		['the exact name where another differs by case', 'invoice', 3],
		['an id in a text', '5', 5],
		['a name of digits', '2024', 4],
		['a name with a comma', 'Rent, heating', 9],
	])('that is %s is found', async (_, reference, id) => {
		expect(await start().names.id('tag', reference)).toBe(id);
	});

	it('that is a number is left to the server to check', async () => {
		const { transport, names } = start();

		expect(await names.id('tag', 4711)).toBe(4711);
		expect(transport.requests).toEqual([]);
	});

	it('that is a text is looked up, even if it is an id', async () => {
		const refusal = await refusalOf(start().names.id('tag', '4711'), PaperlessError);

		expect(refusal.kind).toBe('unresolved');
		expect(refusal.message).toBe('There is no tag “4711”');
	});

	it('that several share is ambiguous, and the ids are named', async () => {
		const refusal = await refusalOf(start().names.id('tag', 'Bill', 'addTags'), PaperlessError);

		expect(refusal.message).toBe('Tag “Bill” is ambiguous');
		expect(refusal.description).toContain('“Bill” (ID 5), “Bill” (ID 6)');
		expect(refusal.parameter).toBe('addTags');
	});

	it('that is the id of one and the name of another is ambiguous', async () => {
		const refusal = await refusalOf(start().names.id('tag', '8'), PaperlessError);

		expect(refusal.description).toContain('“Eight” (ID 8), “8” (ID 7)');
	});

	it.each([
		['Invoices', '“Invoice”'],
		['Inboks', '“Inbox”'],
		['heating', '“Rent, heating”'],
	])('that is “%s” and matches nothing names near matches: %s', async (wanted, near) => {
		const refusal = await refusalOf(start().names.id('tag', wanted), PaperlessError);

		expect(refusal.description).toContain(`Did you mean ${near}`);
	});

	it('that is far from everything guesses nothing', async () => {
		const refusal = await refusalOf(start().names.id('tag', 'Xylophone'), PaperlessError);

		expect(refusal.description).not.toContain('Did you mean');
	});

	it('of a user is looked up by the user name', async () => {
		expect(await start().names.id('user', 'clara')).toBe(3);
	});
});

describe('The ids of several references', () => {
	it('may be ids and names, mixed, and come once each', async () => {
		expect(await start().names.ids('tag', [12, 'Inbox', '5', 2])).toEqual([12, 2, 5]);
	});

	it('cost one list a kind, however many ask at once', async () => {
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
	it('by number looks it up in the list, and says so when it is not there', async () => {
		const { names } = start();

		expect(await names.find('tag', 2)).toEqual({ id: 2, name: 'Inbox' });
		const refusal = await refusalOf(names.find('tag', 4711), PaperlessError);
		expect(refusal.message).toBe('There is no tag with the ID 4711');
	});

	it('by its very name takes digits for a name', async () => {
		const { names } = start();

		expect(await names.existing('tag', '8')).toEqual({ id: 7, name: '8' });
		expect(await names.existing('tag', '1')).toBeUndefined();
	});

	it('finds one that was made in the meantime', async () => {
		const { names } = start();
		await names.all('tag');

		await names.add('tag', { id: 50, name: 'Fresh' });

		expect(await names.id('tag', 'Fresh')).toBe(50);
	});
});

describe('Create If Missing', () => {
	it('creates a name without matching, so that it is not given to other documents', async () => {
		const { transport, names } = start();

		expect(await names.idOrCreate('tag', ' New ')).toBe(100);
		expect(transport.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: 'api/tags/',
			body: { json: { name: 'New', matching_algorithm: 0 } },
		});
	});

	it('creates a name once for many askers, however they write it', async () => {
		const { transport, names } = start();

		const ids = await Promise.all(
			['New', 'New', 'NEW', ' new'].map(async (name) => await names.idOrCreate('tag', name)),
		);

		expect(ids).toEqual([100, 100, 100, 100]);
		expect(transport.lines.filter((line) => line.startsWith('POST'))).toEqual(['POST api/tags/']);
	});

	it('makes the new one known by its name', async () => {
		const { names } = start();

		await names.idOrCreate('correspondent', 'New');

		expect(await names.id('correspondent', 'New')).toBe(100);
	});

	it('creates nothing for what is there', async () => {
		const { transport, names } = start();

		expect(await names.idOrCreate('tag', 'inbox')).toBe(2);
		expect(await names.idOrCreate('tag', 12)).toBe(12);
		expect(await names.idOrCreate('tag', '5')).toBe(5);
		expect(transport.lines).toEqual(['GET api/tags/?page=1&page_size=10000']);
	});

	it('takes a text of digits for an id and creates nothing for it', async () => {
		const { names } = start();

		const refusal = await refusalOf(names.idOrCreate('tag', '4711'), PaperlessError);

		expect(refusal.kind).toBe('unresolved');
	});

	it('tells every asker when it may not be created', async () => {
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
	it('of a few are asked for by these ids', async () => {
		const { transport, names } = start([page([{ id: 2, name: 'Inbox' }])]);

		expect(await names.namesOf('tag', [2, 2, 12])).toEqual(new Map([[2, 'Inbox']]));
		expect(transport.requests[0]?.query).toMatchObject({ id__in: '2,12' });
	});

	it('of many are read as the whole list, since the address would grow too long', async () => {
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

	it('for no ids cost nothing', async () => {
		const { transport, names } = start();

		expect(await names.namesOf('tag', [])).toEqual(new Map());
		expect(transport.requests).toEqual([]);
	});
});
