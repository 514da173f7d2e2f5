import { capitalize } from './capitalize';
import { PaperlessError } from './errors';
import type { Kind } from './kinds';
import { kinds } from './kinds';
import { quotedName } from './quotedName';
import { foldedName } from './readName';
import type { Named } from './schemas/named';

/** An id with the label that the panel’s list showed for it when somebody chose it. */
export type Chosen = { readonly id: number; readonly label: string };

/** An id as a number, a text that is certainly a name, or a text that is a name or, if it consists of digits, an id. */
export type Searched = number | string | { readonly name: string };

/** The address of an object in the web interface or in the API. */
type Addressed = { readonly address: string };

export type Reference = Searched | Chosen | Addressed;

export const isAddressed = (reference: Reference): reference is Addressed =>
	typeof reference === 'object' && 'address' in reference;

export const isChosen = (reference: Reference): reference is Chosen =>
	typeof reference === 'object' && 'label' in reference;

/** Whether it may be a name, and not an id in one way or another. */
export const isName = (reference: Reference): reference is Exclude<Searched, number> =>
	typeof reference !== 'number' && !isChosen(reference) && !isAddressed(reference);

export function textOf(reference: Reference): string {
	if (typeof reference !== 'object') return String(reference).trim();
	if ('address' in reference) return reference.address;
	return 'name' in reference ? reference.name.trim() : String(reference.id);
}

/** Whether a label of the panel shows this name: alone, at the end of a path, or with its owner. */
function shows(label: string, name: string): boolean {
	const [shown, own] = [foldedName(label.replace(/^“(.*)”$/, '$1')), foldedName(name)];
	return shown === own || shown.endsWith(` / ${own}`) || shown.startsWith(`${own} (`);
}

/**
 * Rejects an object with the chosen id that has another name than the one that was chosen. It was
 * renamed, or the workflow comes from another server, on which the id belongs to something else.
 */
export function requireChosen(
	kind: Kind,
	{ id, name }: Named,
	{ label }: Chosen,
	parameter?: string,
): void {
	if (shows(label, name)) return;
	const { noun } = kinds[kind];
	throw new PaperlessError(
		'unresolved',
		`${capitalize(noun)} ${id} is called ${quotedName(name)} on this server, not ${quotedName(label)}`,
		{
			description: `It was renamed, or the workflow comes from another server. Choose the ${noun} in the list again, or choose “By Name” to use its name on every server.`,
			parameter,
		},
	);
}
