import { parseJson } from '../../../api/json';

type Atom = readonly [field: unknown, operator: unknown, operand: unknown];

/** A condition, which names its field first; anything else joins conditions. */
const isAtom = (value: unknown): value is Atom =>
	Array.isArray(value) && value.length === 3 && typeof value[1] === 'string';

/** The conditions in a query that the server keeps as a text. */
function atomsIn(value: unknown): Atom[] {
	if (isAtom(value)) return [value];
	return Array.isArray(value) ? value.flatMap(atomsIn) : [];
}

const read = (text: unknown): unknown => {
	const parsed = typeof text === 'string' ? parseJson(text) : undefined;
	return parsed?.ok ? parsed.json : undefined;
};

/** The fields that a query names. */
export const fieldsInQuery = (text: unknown): unknown[] =>
	atomsIn(read(text)).map(([field]) => field);

/** The same query with other fields and operands. A text that is no query stays as it is. */
export function mapQuery(
	text: unknown,
	change: (field: unknown, operand: unknown) => readonly [field: unknown, operand: unknown],
): unknown {
	const query = read(text);
	if (query === undefined) return text;
	const mapped = (value: unknown): unknown => {
		if (isAtom(value)) {
			const [field, operand] = change(value[0], value[2]);
			return [field, value[1], operand];
		}
		return Array.isArray(value) ? value.map(mapped) : value;
	};
	return JSON.stringify(mapped(query));
}
