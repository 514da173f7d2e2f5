type Choice = { name: string; description?: string };

/**
 * The options of a parameter from a table that code looks values up in: each key becomes a `value`.
 * An option without a row in the table cannot exist.
 */
export const optionsFrom = <const T extends Readonly<Record<string, Choice>>>(table: T) =>
	Object.entries<Choice>(table).map(([value, { name, description }]) => ({
		name,
		value: value as keyof T,
		...(description !== undefined && { description }),
	}));
