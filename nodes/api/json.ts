/** True for an object that is not a list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

/** Parses text from outside, which may be a web page or cut short. */
export function parseJson(text: string): { ok: true; json: unknown } | { ok: false } {
	const start = text.trimStart()[0];
	if (start === undefined || !/[[{"\dtfn-]/.test(start)) return { ok: false };
	try {
		return { ok: true, json: JSON.parse(text) };
	} catch {
		return { ok: false };
	}
}
