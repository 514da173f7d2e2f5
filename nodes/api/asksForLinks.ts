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

/**
 * Whether older servers answer a condition correctly. They crash over a document link without a
 * value on one of the targets, and they mix up the links of several fields.
 */
const isAnswerable = (
	[field, , targets]: Atom,
	documents: ReadonlyMap<number, Document>,
): boolean =>
	targets
		.flatMap((target) => documents.get(target)?.custom_fields ?? [])
		.every(({ field: id, value }) =>
			id === field ? Array.isArray(value) : value !== null && !Array.isArray(value),
		);

const atomsOf = (query: unknown): Atom[] => {
	if (isAtom(query)) return [query];
	return Array.isArray(query) ? query.flatMap(atomsOf) : [];
};

function resolve(query: unknown, documents: ReadonlyMap<number, Document>): Resolved {
	if (atomsOf(query).every((atom) => isAnswerable(atom, documents))) return { rest: query };
	if (isAtom(query)) return { ids: linkedTo(query, documents) };
	const [word, parts] = Array.isArray(query) ? (query as unknown[]) : [];
	const isConjunction =
		Array.isArray(parts) &&
		(/^and$/i.test(String(word)) || (/^or$/i.test(String(word)) && parts.length === 1));
	if (!isConjunction) {
		throw new PaperlessError('unsupported', 'This server cannot answer “Links To” in this place', {
			description:
				'Before 3.1, Paperless-ngx answers it wrongly when the document that is linked to has another document link or one without a value. Put the condition into a group with “All Conditions”, or update the server.',
			parameter: 'customFieldConditions',
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

/** Whether a query asks for the documents that link to others. */
export function asksForLinks({ custom_field_query: text }: Query): boolean {
	const parsed = parseJson(text ?? '');
	return parsed.ok && atomsOf(parsed.json).length > 0;
}

/**
 * The same query without those conditions on document links that older servers answer wrongly
 * (docs/paperless-api.md#links-in-conditions). `read` returns the documents with these ids, with
 * their custom fields. Throws an error of the kind `unsupported` where such a condition is one of
 * several alternatives, or where it allows more documents than one request can name.
 */
export async function withoutLinkConditions(
	given: Query,
	read: (ids: readonly number[]) => Promise<readonly Document[]>,
	mostIds: number,
): Promise<Query> {
	const { custom_field_query: text = '', id__in, ...query } = given;
	const parsed: unknown = JSON.parse(text);
	const targets = [...new Set(atomsOf(parsed).flatMap(([, , ids]) => ids))];
	const found = await read(targets);
	const documents = new Map(found.map((document) => [document.id, document]));
	const { rest, ids } = resolve(parsed, documents);
	if (ids === undefined) return given;
	const filtered = id__in === undefined ? ids : new Set(id__in.split(',').map(Number));
	const allowed = intersection([ids, filtered]);
	if (allowed.size > mostIds) {
		throw new PaperlessError('unsupported', `${allowed.size} documents link to the given ones`, {
			description: `This server can list at most ${mostIds} of them. Update it to Paperless-ngx 3.1 or later.`,
			parameter: 'customFieldConditions',
		});
	}
	return {
		...query,
		...(rest !== undefined && { custom_field_query: JSON.stringify(rest) }),
		// No document has the id 0; an empty list would be no filter.
		id__in: allowed.size === 0 ? '0' : [...allowed].join(','),
	};
}
