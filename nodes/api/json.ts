/** True for an object that is not a list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
	value !== null && typeof value === 'object' && !Array.isArray(value);

/** Nothing that Paperless-ngx sends or takes nests as deep. Recursion ends at some thousand levels. */
const maxDepth = 100;

/** Commas and brackets: a list of 100,000 rows has a tenth of it. */
const maxParts = 20_000_000;

/** The index of the quote that ends a string, whose text begins at `start`. */
function endOfString(text: string, start: number): number {
	for (let at = start; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === 0x22) return at;
		if (code === 0x5c) at += 1;
	}
	return text.length;
}

/**
 * Whether parsing JSON can neither exhaust n8n’s memory nor nest so deep that nobody can write it
 * down again. The size of the text does not show this: 200 MB of brackets end the process.
 */
function isHarmless(text: string): boolean {
	let depth = 0;
	let parts = 0;
	for (let at = 0; at < text.length; at += 1) {
		switch (text.charCodeAt(at)) {
			case 0x22: // "
				at = endOfString(text, at + 1);
				break;
			case 0x5b: // [
			case 0x7b: // {
				depth += 1;
				if (depth > maxDepth) return false;
				parts += 1;
				break;
			case 0x5d: // ]
			case 0x7d: // }
				depth -= 1;
				break;
			case 0x2c: // ,
				parts += 1;
		}
	}
	return parts <= maxParts;
}

/** Parses text from outside, which may be a web page, cut short or hostile. */
export function parseJson(text: string): { ok: true; json: unknown } | { ok: false } {
	const start = text.trimStart()[0];
	if (start === undefined || !/[[{"\dtfn-]/.test(start)) return { ok: false };
	if (!isHarmless(text)) return { ok: false };
	try {
		return { ok: true, json: JSON.parse(text) };
	} catch {
		return { ok: false };
	}
}
