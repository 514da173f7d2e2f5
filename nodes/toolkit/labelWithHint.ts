import { harmlessText } from './harmless';

const hints = new Map([
	['documentlink', ' (document IDs, e.g. 12, 34)'],
	['monetary', ' (amount, e.g. EUR12.50)'],
]);

/** The name of a custom field in the panel, with a hint at the form of its values. */
export const labelWithHint = (name: string, type: string): string => name + (hints.get(type) ?? '');

/** Whether the panel showed a field of this name by this label, with a hint of any type or without. */
export const isLabelOf = (label: string, name: string): boolean =>
	[...hints.values(), ''].some(
		(hint) => label.trim().toLowerCase() === harmlessText(name.trim() + hint).toLowerCase(),
	);
