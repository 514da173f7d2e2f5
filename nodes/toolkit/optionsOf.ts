type Choice = { label: string; description?: string };

/** The rows of a table with their keys, which keep the names that the compiler knows. */
export const rowsOf = <Key extends string, Row>(table: Readonly<Record<Key, Row>>) =>
	Object.entries(table) as Array<[Key, Row]>;

/** The options of a parameter, from the table whose keys are the stored values. */
export const optionsOf = <Key extends string>(table: Readonly<Record<Key, Choice>>) =>
	rowsOf(table).map(([value, { label, description }]) => ({
		name: label,
		value,
		...(description !== undefined && { description }),
	}));
