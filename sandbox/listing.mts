import {
	dateOf,
	manyLookups,
	numberLookups,
	oneOf,
	equals,
	relatedLookups,
	textLookups,
	timeLookups,
	timeOf,
	yesOrNo,
	applyFilters,
	readFilters,
} from './filters.mts';
import type { Filter, Filters, Test } from './filters.mts';
import { Query, crash, ok, refuse } from './http.mts';
import type { Call, Reply } from './http.mts';
import { compareKeys, orderBy, paginate } from './objectList.mts';
import type { SortKey, Sortings } from './objectList.mts';
import { listHits, searchHits, searchRequest } from './hits.mts';
import { isShared, maySee } from './permissions.mts';
import { countDocuments, selectOptions } from './classification.mts';
import { FilterRefusal, compileCustomFieldQuery } from './search/customFieldQuery.mts';
import { documentSerializer } from './serialize.mts';
import { newestVersion } from './versionRows.mts';
import type { CustomField, Document, Store } from './store.mts';

type Named = { rows: Map<number, { name: string }> };
const nameIn = (table: Named, id: number | null): string | null =>
	id === null ? null : (table.rows.get(id)?.name ?? null);

const containsAll =
	(wanted: string[], texts: (document: Document) => (string | null)[]): Test<Document> =>
	(document) => {
		const lower = texts(document).map((text) => text?.toLowerCase() ?? '');
		return wanted.every((word) => lower.some((text) => text.includes(word.toLowerCase())));
	};

const search: Filter<Document> = (value, { store }) => {
	const words = [...value.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
		(found) => found[1] ?? found[2] ?? found[3] ?? '',
	);
	return containsAll(words, ({ title, content, correspondent }) => [
		title,
		content,
		nameIn(store.correspondents, correspondent),
	]);
};

const titleOrContent: Filter<Document> = (value) =>
	containsAll([value], ({ title, content }) => [title, content]);

/** Accepts only these two spellings; other flags accept more. */
const isInInbox: Filter<Document> = (value, { store }) => {
	if (value !== 'true' && value !== 'false') return undefined;
	return (document) => hasInboxTag(store, document) === (value === 'true');
};

export const hasInboxTag = (store: Store, { tags }: Document): boolean =>
	tags.some((id) => store.tags.get(id)?.is_inbox_tag);

const sharedBy: Filter<Document> = (value) => {
	if (!/^\d+$/.test(value)) crash();
	return (document) => document.owner === Number(value) && isShared(document);
};

const customFieldText: Filter<Document> = (value, { store }) => {
	const wanted = value.toLowerCase();
	return ({ custom_fields: values }) =>
		values.some(({ field: id, value: text }) => {
			const field = store.custom_fields.get(id);
			return [field?.name ?? '', field ? displayText(field, text) : ''].some((part) =>
				part.toLowerCase().includes(wanted),
			);
		});
};

export function displayText(field: CustomField, value: unknown): string {
	if (value === null || value === undefined) return '';
	if (field.data_type !== 'select') return String(value);
	return selectOptions(field).find(({ id }) => id === value)?.label ?? '';
}

/** Filters by the name of a related object get the store from the call. */
const relatedNames = (
	prefix: string,
	names: (document: Document, store: Store) => (string | null)[],
): Filters<Document> => {
	const lookups = textLookups<string | null>('name', (name) => name);
	return Object.fromEntries(
		Object.entries(lookups).map(([lookup, filter]): [string, Filter<Document>] => [
			`${prefix}__${lookup}`,
			(value, call) => {
				const test = filter(value, call);
				return test && ((document) => names(document, call.store).some(test));
			},
		]),
	);
};

const tagNames = relatedNames('tags', ({ tags }, store) =>
	tags.map((id) => nameIn(store.tags, id)),
);

/** The ids that a query compares document links with by “contains”. */
const linkTargets = (query: unknown): number[] => {
	if (!Array.isArray(query)) return [];
	const [, operator, targets] = query as unknown[];
	return operator === 'contains' && Array.isArray(targets)
		? (targets as number[])
		: query.flatMap(linkTargets);
};

/** Before 3.1 a target with any unset document link breaks the request, and other links take part. */
function rowsOfTargets(query: string, store: Store): Map<number, number[][]> {
	const parsed = parseQuery(query);
	const isLink = (id: number) => store.custom_fields.get(id)?.data_type === 'documentlink';
	return new Map(
		linkTargets(parsed).map((target) => {
			const links = (store.documents.get(target)?.custom_fields ?? []).filter(({ field }) =>
				isLink(field),
			);
			if (links.some(({ value }) => value === null)) crash();
			return [target, links.map(({ value }) => value as number[])];
		}),
	);
}

const parseQuery = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const customFieldQuery: Filter<Document> = (value, { store, profile }) => {
	const otherLinks = rowsOfTargets(value, store);
	try {
		const test = compileCustomFieldQuery(
			value,
			[...store.custom_fields.values()],
			profile.recording,
		);
		const isLost = (id: number) =>
			[...otherLinks.values()].some((rows) => rows.some((row) => !row.includes(id)));
		return ({ id, custom_fields: values }) => test(values) && !isLost(id);
	} catch (error) {
		if (!(error instanceof FilterRefusal)) throw error;
		return error.body === null ? crash() : refuse(error.status, error.body);
	}
};

/** The text of a document is the text of its newest version. */
const ofNewestVersion = (filters: Filters<Document>): Filters<Document> =>
	Object.fromEntries(
		Object.entries(filters).map(([name, filter]): [string, Filter<Document>] => [
			name,
			(value, call) => {
				const test = filter(value, call);
				return test && ((document) => test(newestVersion(call.store, document)));
			},
		]),
	);

const documentFilters = (createdIsDate: boolean): Filters<Document> => ({
	is_tagged: yesOrNo(({ tags }) => tags.length > 0),
	...manyLookups('tags', ({ tags }) => tags),
	is_in_inbox: isInInbox,
	title_content: titleOrContent,
	...relatedLookups('owner', ({ owner }) => owner),
	custom_fields__icontains: customFieldText,
	...manyLookups('custom_fields', ({ custom_fields: values }) => values.map(({ field }) => field)),
	has_custom_fields: yesOrNo(({ custom_fields: values }) => values.length > 0),
	custom_field_query: customFieldQuery,
	shared_by__id: sharedBy,
	mime_type: (value) => {
		const wanted = value.toLowerCase();
		return ({ mime_type: type }) => type.toLowerCase().includes(wanted);
	},
	id: equals(({ id }) => id),
	id__in: oneOf(({ id }) => id),
	...textLookups('title', ({ title }) => title),
	...ofNewestVersion(textLookups('content', ({ content }) => content)),
	...numberLookups('archive_serial_number', ({ archive_serial_number: asn }) => asn),
	...timeLookups('created', ({ created }) => created, createdIsDate ? dateOf : timeOf),
	...timeLookups('added', ({ added }) => added),
	...timeLookups('modified', ({ modified }) => modified),
	...textLookups('original_filename', ({ original_file_name: name }) => name),
	...textLookups('checksum', ({ original }) => original.checksum),
	...relatedLookups('correspondent', ({ correspondent }) => correspondent),
	...relatedNames('correspondent', ({ correspondent }, store) => [
		nameIn(store.correspondents, correspondent),
	]),
	tags__id: (value, call) => {
		const test = equals<number>((id) => id)(value, call);
		return test && (({ tags }) => tags.some(test));
	},
	...tagNames,
	...relatedLookups('document_type', ({ document_type: type }) => type),
	...relatedNames('document_type', ({ document_type: type }, store) => [
		nameIn(store.document_types, type),
	]),
	...relatedLookups('storage_path', ({ storage_path: path }) => path),
	...relatedNames('storage_path', ({ storage_path: path }, store) => [
		nameIn(store.storage_paths, path),
	]),
	search,
});

const filtersWithDates = documentFilters(true);
const filtersWithTimes = documentFilters(false);

export const sortings = ({
	store,
	profile,
}: Pick<Call, 'store' | 'profile'>): Sortings<Document> => ({
	id: ({ id }) => id,
	title: ({ title }) => title,
	correspondent__name: ({ correspondent }) => nameIn(store.correspondents, correspondent),
	document_type__name: ({ document_type: type }) => nameIn(store.document_types, type),
	...(profile.ordersByStoragePath && {
		storage_path__name: ({ storage_path: path }: Document) => nameIn(store.storage_paths, path),
	}),
	created: ({ created }) => created,
	modified: ({ modified }) => modified,
	added: ({ added }) => added,
	archive_serial_number: ({ archive_serial_number: asn }) => asn,
	num_notes: ({ notes }) => notes.length,
	owner: ({ owner }) => owner,
	page_count: ({ page_count: count }) => count,
});

/** Documents with the field come first in both directions. */
function orderByCustomField(call: Call, rows: Document[], wish: string): Document[] {
	const id = wish.slice('custom_field_'.length);
	if (!/^\d+$/.test(id)) crash();
	const field = call.store.custom_fields.get(Number(id));
	if (field === undefined)
		return refuse(400, { [`custom_field_${id}`]: ['Custom field not found'] });
	const has = rows.filter(({ custom_fields: values }) =>
		values.some((value) => value.field === field.id),
	);
	const rest = rows.filter((row) => !has.includes(row));
	const descending = call.query.get('ordering')?.startsWith('-');
	const key = ({ custom_fields: values }: Document): SortKey =>
		sortKey(field, values.find((value) => value.field === field.id)?.value);
	return [...(orderBy(has, `${descending ? '-' : ''}key`, { key }) ?? has), ...rest];
}

const behindAllLabels = '\uffff';

function sortKey(field: CustomField, value: unknown): SortKey {
	if (field.data_type === 'select') return displayText(field, value) || behindAllLabels;
	if (value === null || value === undefined) return null;
	if (field.data_type === 'monetary') return Number(String(value).replace(/^[A-Z]{3}/, ''));
	return typeof value === 'object' ? JSON.stringify(value) : (value as SortKey);
}

export function orderDocuments(call: Call, rows: Document[]): Document[] {
	const wish = call.query.get('ordering');
	const custom = wish?.replace(/^-/, '');
	if (custom?.startsWith('custom_field_')) return orderByCustomField(call, rows, custom);
	const newest = rows.toReversed();
	return (
		orderBy(rows, wish, sortings(call)) ??
		orderBy(newest, '-created', { created: ({ created }) => created }) ??
		rows
	);
}

export const visibleDocuments = ({ store, user }: Call): Document[] =>
	store.livingDocuments().filter((document) => maySee(document, user));

const filtersOf = ({ profile }: Call): Filters<Document> =>
	profile.createdIsDate ? filtersWithDates : filtersWithTimes;

/** A bulk request ignores invalid and unknown filters, so it affects all documents. */
export function describedDocuments(call: Call): Document[] {
	const query = new Query(call.query.pairs.filter(([name]) => name !== 'search'));
	const { tests } = readFilters({ ...call, query }, filtersOf(call));
	const request = searchRequest(call);
	const hits = request && new Set(searchHits(call, request).hits.map(({ id }) => id));
	return visibleDocuments(call).filter(
		(document) => tests.every((test) => test(document)) && (hits?.has(document.id) ?? true),
	);
}

export function filteredDocuments(call: Call): Document[] {
	const found = applyFilters(call, visibleDocuments(call), filtersOf(call));
	return call.profile.documentVersions ? repeatPerTag(call, found) : found;
}

/** 3.0 repeats a document once for every tag whose name matches. */
function repeatPerTag(call: Call, rows: Document[]): Document[] {
	return Object.entries(tagNames).reduce((documents, [name, filter]) => {
		const value = call.query.filled(name);
		if (value === undefined) return documents;
		return documents.flatMap((document) =>
			document.tags
				.filter((id) => filter(value, call)?.({ ...document, tags: [id] }))
				.map(() => document),
		);
	}, rows);
}

export function listDocuments(call: Call): Reply {
	const searched = searchRequest(call);
	if (searched) return listHits(call, searched);
	const { rows, envelope } = paginate(
		call,
		orderDocuments(call, filteredDocuments(call)),
		({ id }) => id,
	);
	return ok({
		...envelope,
		...selectionExtras(call),
		results: rows.map(documentSerializer(call)),
	});
}

const selectionExtras = (call: Call): object =>
	call.profile.documentVersions && call.query.get('include_selection_data') === 'true'
		? { selection_data: withTagsByName(call.store, filteredDocuments(call)) }
		: {};

/** Only the list sorts the tags by name. */
function withTagsByName(store: Store, documents: Document[]): object {
	const data = selectionData(store, documents);
	const nameOf = ({ id }: { id: number }) => nameIn(store.tags, id);
	const tags = data['selected_tags']?.toSorted((a, b) => compareKeys(nameOf(a), nameOf(b)));
	return { ...data, selected_tags: tags };
}

interface Count {
	id: number;
	document_count: number;
}

export function selectionData(store: Store, documents: Document[]): Record<string, Count[]> {
	const chosen = new Set(documents);
	const counts = (
		table: { rows: Map<number, unknown> },
		of: (document: Document) => readonly (number | null)[],
	) => {
		const found = countDocuments(store, (document) => chosen.has(document), of);
		return [...table.rows.keys()].map((id) => ({ id, document_count: found.get(id) ?? 0 }));
	};
	return {
		selected_correspondents: counts(store.correspondents, ({ correspondent }) => [correspondent]),
		selected_tags: counts(store.tags, ({ tags }) => tags),
		selected_document_types: counts(store.document_types, ({ document_type: type }) => [type]),
		selected_storage_paths: counts(store.storage_paths, ({ storage_path: path }) => [path]),
		selected_custom_fields: counts(store.custom_fields, ({ custom_fields: values }) =>
			values.map(({ field }) => field),
		),
	};
}
