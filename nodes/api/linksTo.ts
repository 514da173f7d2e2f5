import { PaperlessError } from './errors';
import type { Query } from './httpTransport';
import { parseJson } from './json';
import type { Document } from './schemas/document';

type Atom = [field: number, op: 'contains', targets: number[]];

/** A query on custom fields, and the documents that the parts taken out of it allow. */
type Resolved = { rest?: unknown; ids?: Set<number> };

const isAtom = (query: unknown): query is Atom =>
	Array.isArray(query) &&
	typeof query[0] === 'number' &&
	query[1] === 'contains' &&
	Array.isArray(query[2]);

const hasAtom = (query: unknown): boolean =>
	isAtom(query) || (Array.isArray(query) && query.some(hasAtom));

const intersection = (sets: ReadonlyArray<Set<number>>): Set<number> => {
	const [first = new Set<number>(), ...others] = sets;
	return new Set([...first].filter((id) => others.every((set) => set.has(id))));
};

/**
 * The documents that link to all targets by this field. The server keeps links in both directions
 * (docs/paperless-api.md#document-links), so the targets hold them.
 */
function linkedTo([field, , targets]: Atom, documents: ReadonlyMap<number, Document>): Set<number> {
	const linked = targets.map((target) => {
		const instance = documents.get(target)?.custom_fields?.find((one) => one.field === field);
		return new Set(Array.isArray(instance?.value) ? (instance.value as number[]) : []);
	});
	return intersection(linked);
}

function resolve(query: unknown, documents: ReadonlyMap<number, Document>): Resolved {
	if (isAtom(query)) return { ids: linkedTo(query, documents) };
	const [word, parts] = Array.isArray(query) ? (query as unknown[]) : [];
	const isConjunction =
		Array.isArray(parts) &&
		(/^and$/i.test(String(word)) || (/^or$/i.test(String(word)) && parts.length === 1));
	if (!isConjunction) {
		if (!hasAtom(query)) return { rest: query };
		throw new PaperlessError('unsupported', 'This server cannot answer “Links To” in this place', {
			description:
				'Before 3.1, Paperless-ngx crashes when the document that is linked to has another document link or one without a value. Put the condition into a group with “All Conditions”, or update the server.',
			parameter: 'customFieldFilters',
		});
	}
	const resolved = parts.map((part) => resolve(part, documents));
	const rests = resolved.flatMap(({ rest }) => (rest === undefined ? [] : [rest]));
	const sets = resolved.flatMap(({ ids }) => (ids === undefined ? [] : [ids]));
	return {
		...(rests.length > 0 && { rest: ['AND', rests] }),
		...(sets.length > 0 && { ids: intersection(sets) }),
	};
}

const targetsOf = (query: unknown): number[] => {
	if (isAtom(query)) return query[2];
	return Array.isArray(query) ? query.flatMap(targetsOf) : [];
};

/** Whether a query asks for the documents that link to others. */
export function asksForLinks({ custom_field_query: text }: Query): boolean {
	const parsed = parseJson(text ?? '');
	return parsed.ok && hasAtom(parsed.json);
}

/**
 * The same query without conditions on document links, which older servers cannot always answer
 * (docs/paperless-api.md#links-to-conditions). `read` returns the documents with these ids, with
 * their custom fields. Throws an error of the kind `unsupported` where such a condition is one of
 * several alternatives, or where it allows more documents than one request can name.
 */
export async function withoutLinkConditions(
	{ custom_field_query: text = '', id__in, ...query }: Query,
	read: (ids: readonly number[]) => Promise<readonly Document[]>,
	mostIds: number,
): Promise<Query> {
	const parsed: unknown = JSON.parse(text);
	const targets = [...new Set(targetsOf(parsed))];
	const found = await read(targets);
	const documents = new Map(found.map((document) => [document.id, document]));
	const { rest, ids = new Set<number>() } = resolve(parsed, documents);
	const filtered = id__in === undefined ? ids : new Set(id__in.split(',').map(Number));
	const allowed = intersection([ids, filtered]);
	if (allowed.size > mostIds) {
		throw new PaperlessError('unsupported', `${allowed.size} documents link to the given ones`, {
			description: `This server can list at most ${mostIds} of them. Update it to Paperless-ngx 3.1 or later.`,
			parameter: 'customFieldFilters',
		});
	}
	return {
		...query,
		...(rest !== undefined && { custom_field_query: JSON.stringify(rest) }),
		// No document has the id 0; an empty list would be no filter.
		id__in: allowed.size === 0 ? '0' : [...allowed].join(','),
	};
}
