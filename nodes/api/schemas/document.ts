import { z } from 'zod';
import { isRecord } from '../json';

export type CustomFieldInstance = { field: number; value?: unknown };

/**
 * A document in a list or alone. Everything but the id may be missing, because lists request only the
 * fields they need. `created` is a date from 2.16 on and a time before
 * (docs/paperless-api.md#creation-date).
 */
export type Document = {
	id: number;
	title?: string;
	content?: string;
	created?: string;
	correspondent?: number | null;
	document_type?: number | null;
	storage_path?: number | null;
	tags?: number[];
	custom_fields?: CustomFieldInstance[];
	owner?: number | null;
	archive_serial_number?: number | null;
	[field: string]: unknown;
};

type Check = (value: unknown) => boolean;

/** A set of ids is written as ranges, so an id that no database gives could stand for any number of them. */
const isId: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0;
const isNumberOrNothing: Check = (value) => value === null || typeof value === 'number';
const isText: Check = (value) => typeof value === 'string';
const isIdOrNothing: Check = (value) => value === null || isId(value);

const checks = Object.entries({
	title: isText,
	content: isText,
	created: isText,
	correspondent: isIdOrNothing,
	document_type: isIdOrNothing,
	storage_path: isIdOrNothing,
	tags: (value) => Array.isArray(value) && value.every(isId),
	custom_fields: (value) =>
		Array.isArray(value) && value.every((one) => isRecord(one) && isId(one.field)),
	owner: isIdOrNothing,
	archive_serial_number: isNumberOrNothing,
} satisfies Record<string, Check>);

/** A newer server may write null for an empty list. */
function fillLists(row: Record<string, unknown>): void {
	for (const field of ['tags', 'custom_fields']) if (row[field] === null) row[field] = [];
}

function isDocument(row: unknown): row is Document {
	if (!isRecord(row) || !isId(row.id)) return false;
	fillLists(row);
	return checks.every(([field, fits]) => row[field] === undefined || fits(row[field]));
}

const message = 'is not a document';

/** Checks a row without copying it: with an object schema most of the time goes into copies. */
export const documentSchema = z.custom<Document>(isDocument, message);

/** Checks all rows at once: a schema per row allocates more memory than the rows themselves. */
export const documentListSchema = z.custom<Document[]>(
	(rows) => Array.isArray(rows) && rows.every(isDocument),
	(rows: unknown) =>
		Array.isArray(rows)
			? { message, path: [rows.findIndex((row) => !isDocument(row))] }
			: { message: 'is not a list' },
);

/** The body of a PATCH. The server leaves omitted keys unchanged. */
export type DocumentChanges = {
	title?: string;
	content?: string;
	/**
	 * `YYYY-MM-DD`; the server would shift a time into its own zone
	 * (docs/paperless-api.md#creation-time-zone).
	 */
	created?: string;
	correspondent?: number | null;
	document_type?: number | null;
	storage_path?: number | null;
	tags?: number[];
	archive_serial_number?: number | null;
	custom_fields?: Array<{ field: number; value: unknown }>;
	owner?: number | null;
	set_permissions?: Permissions;
	remove_inbox_tags?: boolean;
};

export type Grants = { users?: number[]; groups?: number[] };

export type Permissions = { view?: Grants; change?: Grants };
