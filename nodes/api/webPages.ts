import { PaperlessError } from './errors';

export type WebPage = {
	/** Its path below the address of the web interface. */
	of: (id: number) => string;
	/** What the path looks like in the web interface or in the API, as a regular expression with the id as its group. */
	pattern: string;
};

/** Several ids, as in a filter by two tags, are no id. */
const id = '(\\d+)(?![^/?&#])';

/** The list of the documents that have an object; `filters` are the names of that filter, the one in use first. */
const documentsWith = (path: string, ...filters: readonly [string, ...string[]]): WebPage => ({
	of: (of) => `documents?${filters[0]}=${of}`,
	pattern: `(?:documents/?\\?(?:.*&)?(?:${filters.join('|')})=|api/${path}/)${id}`,
});

/** The pages of the web interface that are about one object. */
export const webPages = {
	correspondent: documentsWith('correspondents', 'correspondent__id__in', 'correspondent__id'),
	document: { of: (of) => `documents/${of}`, pattern: `(?:api/)?documents/${id}` },
	documentType: documentsWith('document_types', 'document_type__id__in', 'document_type__id'),
	savedView: { of: (of) => `view/${of}`, pattern: `(?:view|api/saved_views)/${id}` },
	storagePath: documentsWith('storage_paths', 'storage_path__id__in', 'storage_path__id'),
	tag: documentsWith('tags', 'tags__id__all', 'tags__id__in'),
} as const satisfies Record<string, WebPage>;

/** Of objects without a page. */
export const nowhere: WebPage = { of: String, pattern: '(?!)()' };

type Homes = { baseUrl: string; webUrl: string };

/** The part of an address behind the scheme, which a proxy may change. */
const placeOf = ({ host, pathname, search }: URL): string => host + pathname + search;

/**
 * The id in the address of an object on this server: under its base URL or its public URL. The same
 * address on another server belongs to another object, so it is rejected. An id alone is taken, too.
 */
export function idAt(
	{ baseUrl, webUrl }: Homes,
	{ pattern }: WebPage,
	{ text, noun, parameter }: { text: string; noun: string; parameter: string | undefined },
): number {
	const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	const place = text.includes('/') && URL.canParse(written) ? placeOf(new URL(written)) : undefined;
	const homes = [...new Set([baseUrl, webUrl])];
	const paths = homes.flatMap((home) => {
		const start = `${placeOf(new URL(home)).replace(/\/$/, '')}/`;
		return place?.startsWith(start) ? [place.slice(start.length)] : [];
	});
	const found = paths.map((path) => new RegExp(`^${pattern}`).exec(path)?.[1]).find(Boolean);
	const number = Number(found ?? text);
	if (/^\d+$/.test(found ?? text) && Number.isSafeInteger(number)) return number;
	if (place === undefined || paths.length > 0) {
		throw new PaperlessError('invalid', `“${text}” is not the address of a ${noun}`, {
			description: `Check the expression in this field, or choose another way to identify the ${noun}.`,
			parameter,
		});
	}
	throw new PaperlessError('invalid', `“${text}” is not a ${noun} of this server`, {
		description: `This credential is for ${homes.join(' and ')}. If people open the server at another address, enter it as the Public URL of the credential.`,
		parameter,
	});
}
