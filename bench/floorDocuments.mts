import type { IDataObject } from 'n8n-workflow';
import { pageSize } from './cases.mts';

/** Fetches a route below `/api/` and returns the parsed JSON. */
export type Fetch = <T>(route: string) => Promise<T>;

export type Page<T> = { count: number; results: T[] };
export type Named = { id: number; name: string };
type Id = number | null;
type Row = {
	id: number;
	title: string;
	created: string;
	correspondent: Id;
	document_type: Id;
	storage_path: Id;
	tags: number[];
	archive_serial_number: number | null;
	custom_fields: Array<{ field: number; value: unknown }>;
	added: string;
	modified: string;
	original_file_name: string;
};

const fields =
	'id,title,created,correspondent,document_type,storage_path,tags,archive_serial_number,custom_fields,added,modified,original_file_name';

/** The queries for all pages of a list. The package has to read the number of pages first. */
export const pages = (rows: number, ordering = '-created,-id'): string[] =>
	Array.from(
		{ length: Math.ceil(rows / pageSize) },
		(_, index) => `ordering=${ordering}&page=${index + 1}&page_size=${pageSize}`,
	);

async function namesOf(fetch: Fetch, route: string): Promise<Map<number, string>> {
	const { results } = await fetch<Page<Named>>(`${route}/?page_size=10000`);
	return new Map(results.map(({ id, name }) => [id, name]));
}

const nameIn = (names: Map<number, string>, id: Id) => (id === null ? null : names.get(id));

/** The documents as the package simplifies them. Rows and names are fetched at the same time. */
export async function floorDocuments(
	fetch: Fetch,
	baseUrl: string,
	queries: readonly string[],
	withPaths = false,
): Promise<IDataObject[]> {
	const [rows, correspondents, types, paths, tags, customFields] = await Promise.all([
		Promise.all(queries.map((query) => fetch<Page<Row>>(`documents/?fields=${fields}&${query}`))),
		namesOf(fetch, 'correspondents'),
		namesOf(fetch, 'document_types'),
		withPaths ? namesOf(fetch, 'storage_paths') : new Map<number, string>(),
		namesOf(fetch, 'tags'),
		namesOf(fetch, 'custom_fields'),
	]);
	return rows.flatMap(({ results }) =>
		results.map((row) => ({
			id: row.id,
			title: row.title,
			created: row.created,
			correspondent: nameIn(correspondents, row.correspondent),
			document_type: nameIn(types, row.document_type),
			storage_path: nameIn(paths, row.storage_path),
			tags: row.tags.map((id) => tags.get(id)),
			archive_serial_number: row.archive_serial_number,
			custom_fields: Object.fromEntries(
				row.custom_fields.map(({ field, value }) => [customFields.get(field), value]),
			),
			added: row.added,
			modified: row.modified,
			original_file_name: row.original_file_name,
			url: `${baseUrl}/documents/${row.id}`,
		})),
	);
}
