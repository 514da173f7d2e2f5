import { isRecord, parseJson } from '../api/json';

/** A plain object of this or another realm. A date or a map also is an object, but has no fields to read. */
export function isPlainRecord(value: unknown): value is Record<string, unknown> {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A plain object, also from JSON text. `undefined` for anything else. */
export function plainRecordFrom(value: unknown): Record<string, unknown> | undefined {
	const parsed = typeof value === 'string' ? parseJson(value) : undefined;
	const read = parsed?.ok ? parsed.json : value;
	return isPlainRecord(read) ? read : undefined;
}
