import { PaperlessError } from './errors';

/** Whether two values of a field mean the same, by the name of the field. */
export type Sameness = Readonly<Record<string, (asked: unknown, stored: unknown) => boolean>>;

type Row = Readonly<Record<string, unknown>>;

/** Servers trim every text that they store, and a newer one may write null for an empty list. */
function stored(value: unknown): unknown {
	if (Array.isArray(value) && value.length === 0) return null;
	return typeof value === 'string' ? value.trim() : value;
}

const isEqual = (a: unknown, b: unknown): boolean =>
	JSON.stringify(stored(a)) === JSON.stringify(stored(b));

const members = (list: unknown): string => JSON.stringify([...new Set([list ?? []].flat())].sort());

/** For lists without an order, such as permissions. */
export const isSameSet = (asked: unknown, found: unknown): boolean =>
	members(asked) === members(found);

/** The fields whose value an object does not have yet. */
export const notYetSo = (fields: Row, object: Row, sameness: Sameness = {}): string[] =>
	Object.keys(fields).filter(
		(name) => !(sameness[name] ?? isEqual)(fields[name] ?? null, object[name] ?? null),
	);

const quoted = (value: unknown) =>
	typeof value === 'string' ? `“${value}”` : JSON.stringify(value ?? null);

/**
 * Throws an error of the kind `unexpectedReply` about the fields that the server stored in another
 * way than it was asked to, although it reported success. Fields that the reply lacks prove nothing.
 */
export function requireAsAsked(fields: Row, object: Row, sameness: Sameness = {}): void {
	const different = notYetSo(fields, object, sameness).filter((name) => name in object);
	if (different.length === 0) return;
	throw new PaperlessError('unexpectedReply', 'Paperless-ngx did not store what it was asked to', {
		description:
			'The server reported success. Look into its log, and at the object in its web interface.',
		fields: Object.fromEntries(
			different.map((name) => [
				name,
				`Paperless-ngx stored ${quoted(object[name])} instead of ${quoted(fields[name])}`,
			]),
		),
	});
}
