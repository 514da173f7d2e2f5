/**
 * A name as people read it: without blanks around it, and with composed letters, so that “é” is
 * equal to “e” with an accent.
 */
export const readName = (name: string): string => name.trim().normalize('NFC');

const withoutCase = (name: string): string => readName(name).toLowerCase().normalize('NFC');

/** The objects with this name or, where there are none, those whose name differs by case. */
export function withText<T>(
	objects: readonly T[],
	text: string,
	textOf: (object: T) => string,
): T[] {
	const exact = objects.filter((object) => readName(textOf(object)) === readName(text));
	return exact.length > 0
		? exact
		: objects.filter((object) => withoutCase(textOf(object)) === withoutCase(text));
}

export const withName = <T extends { name: string }>(objects: readonly T[], name: string): T[] =>
	withText(objects, name, (object) => object.name);
