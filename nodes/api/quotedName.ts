import { abridge } from './abridge';

/** Characters. The server accepts no longer name, so a longer text is data that is no name. */
export const longestName = 128;

/** A name as messages show it. */
export const quotedName = (name: string): string => `“${abridge(name, longestName)}”`;

/** Objects as messages list them, where a name alone does not tell them apart. */
export const namesWithIds = (objects: ReadonlyArray<{ id: number; name: string }>): string =>
	objects.map(({ id, name }) => `${quotedName(name)} (ID ${id})`).join(', ');
