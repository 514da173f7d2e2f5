import { parseJson } from '../../../api/json';

/** What the server shows in place of a key or a password. */
const mask = /^\*+$/;

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** Keys in one order, so that equal objects have equal texts. */
function canonical(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(canonical);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, one]) => [key, canonical(one)]),
	);
}

/** Settings that hold JSON are texts of it on the server. */
const parsed = (value: unknown): unknown => {
	const json = typeof value === 'string' ? parseJson(value) : undefined;
	return json?.ok ? json.json : value;
};

/** Whether the value of a setting can be read back at all. */
export const isMasked = (stored: unknown): boolean =>
	typeof stored === 'string' && stored !== '' && mask.test(stored);

/**
 * Whether a setting has the value that was asked for. The server trims texts, reads numbers and JSON
 * from texts, and stores an empty text as one or as null
 * (docs/paperless-api.md#configuration-values).
 */
export function sameSetting(asked: unknown, stored: unknown): boolean {
	const [wanted, found] = [asked, stored].map((value) =>
		canonical(parsed(typeof value === 'string' ? value.trim() : value)),
	);
	if (isEmpty(wanted) || isEmpty(found)) return isEmpty(wanted) && isEmpty(found);
	if (isMasked(stored)) return true;
	return JSON.stringify(wanted) === JSON.stringify(found);
}
