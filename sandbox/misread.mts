import type { RequestBody } from './http.mts';

/** A field of a body that the server takes for something else; without a value, it is not seen. */
export interface Misreading {
	field: (string | number)[];
	value?: unknown;
}

/** The body as the server understands it. A body without the field is understood as it is. */
export function misread(body: RequestBody, { field, value }: Misreading): RequestBody {
	if (body.kind === 'json') return { ...body, value: replaced(body.value, field, value) };
	if (body.kind !== 'form') return body;
	const [name] = field as [string];
	if (!body.values.has(name) && !body.files.has(name)) return body;
	const values = new Map(body.values);
	const files = new Map(body.files);
	values.delete(name);
	if (value === undefined) files.delete(name);
	else values.set(name, [value].flat().map(String));
	return { ...body, values, files };
}

function replaced(whole: unknown, [name, ...rest]: Misreading['field'], value: unknown): unknown {
	if (whole === null || typeof whole !== 'object' || name === undefined) return whole;
	if (!Object.hasOwn(whole, name)) return whole;
	const entries = Object.entries(whole).flatMap(([key, one]): [string, unknown][] => {
		if (key !== String(name)) return [[key, one]];
		if (rest.length > 0) return [[key, replaced(one, rest, value)]];
		return value === undefined ? [] : [[key, value]];
	});
	return Array.isArray(whole) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}
