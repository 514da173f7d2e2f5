import { PaperlessError } from '../../../api/errors';
import { optionsOf } from '../../../toolkit/optionsOf';

/** A field that can be emptied: its label, its value when it is empty, and its name in the body. */
type Row = { label: string; description?: string; empty: unknown; field?: string };

type Table<Key extends string> = Readonly<Record<Key, Row>>;

/** The choice of the fields to empty; the keys of the table are those of the parameters. */
export const clearParameter = <const Key extends string>(table: Table<Key>) =>
	({
		displayName: 'Clear',
		name: 'clear',
		type: 'multiOptions',
		options: optionsOf(table),
		default: [],
		description: 'Fields to empty; an empty value elsewhere leaves its field unchanged',
	}) as const;

/** The fields to empty. Rejects a field that is set as well. */
export function clearedFrom<Key extends string>(
	table: Table<Key>,
	clear: readonly Key[],
	set: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const fieldOf = (key: Key) => table[key].field ?? key;
	const both = clear.find((key) => set[fieldOf(key)] !== undefined);
	if (both === undefined)
		return Object.fromEntries(clear.map((key) => [fieldOf(key), table[key].empty]));
	throw new PaperlessError('invalid', `“${table[both].label}” is both set and cleared`, {
		description: 'Remove the field, or its entry under “Clear”.',
		parameter: both,
	});
}
