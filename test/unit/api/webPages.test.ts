import { PaperlessError } from '../../../nodes/api/errors';
import { idAt, webPages } from '../../../nodes/api/webPages';

const home = 'http://paperless:8000/archive';
const homes = { baseUrl: home, webUrl: 'https://docs.example.com' };

const idOf = (kind: keyof typeof webPages, text: string) =>
	idAt(homes, webPages[kind], { text, noun: 'thing', parameter: 'field' });

function refusalOf(kind: keyof typeof webPages, text: string): PaperlessError {
	try {
		throw new Error(`It went through: ${idOf(kind, text)}`);
	} catch (thrown) {
		if (thrown instanceof PaperlessError) return thrown;
		throw thrown as Error;
	}
}

describe('An object by its address', () => {
	it.each([
		['correspondent', `${home}/documents?correspondent__id__in=5`],
		['correspondent', 'https://docs.example.com/documents?correspondent__id__in=5'],
		['correspondent', `${home}/documents?sort=created&reverse=1&page=1&correspondent__id__in=5`],
		['correspondent', `${home}/documents/?correspondent__id=5&tags__id__all=7,8`],
		['correspondent', `${home}/api/correspondents/5/`],
		['documentType', `${home}/documents?document_type__id__in=5#top`],
		['savedView', `${home}/view/5?page=2`],
		['savedView', `${home}/api/saved_views/5/`],
		['storagePath', 'paperless:8000/archive/documents?storage_path__id__in=5'],
		['tag', `${home}/documents?tags__id__all=5&correspondent__id__in=7`],
		['tag', '5'],
	] as const)('is found: a %s at %s', (kind, address) => {
		expect(idOf(kind, address)).toBe(5);
	});

	it.each([
		['tag', `${home}/documents?tags__id__all=5,6`],
		['tag', `${home}/documents?tags__id__all=5%2C6`],
		['tag', `${home}/documents?tags__id__none=5`],
		['tag', `${home}/documents?not_tags__id__all=5`],
		['correspondent', `${home}/documents/5`],
		['savedView', `${home}/view/5abc`],
		['savedView', 'Open Invoices'],
	] as const)('is not read: a %s from %s', (kind, address) => {
		expect(refusalOf(kind, address).message).toBe(`“${address}” is not the address of a thing`);
	});

	it('of another server is rejected with the addresses of this one', () => {
		const address = 'https://elsewhere.example/documents?tags__id__all=5';

		expect(refusalOf('tag', address)).toMatchObject({
			kind: 'invalid',
			message: `“${address}” is not a thing of this server`,
			description: expect.stringContaining(`${home} and https://docs.example.com`),
			parameter: 'field',
		});
	});
});

describe('What the panel takes for an address', () => {
	const validates = (kind: keyof typeof webPages, text: string) =>
		new RegExp(`^.*/${webPages[kind].pattern}.*$`).test(text);

	it.each(Object.keys(webPages) as Array<keyof typeof webPages>)(
		'is the page of a %s, and not its name',
		(kind) => {
			expect(validates(kind, `${home}/${webPages[kind].of(5)}`)).toBe(true);
			expect(validates(kind, 'Open Invoices')).toBe(false);
		},
	);
});
