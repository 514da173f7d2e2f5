const hints: Readonly<Record<string, string>> = {
	documentlink: ' (document IDs, e.g. 12, 34)',
	monetary: ' (amount, e.g. EUR12.50)',
};

/** The name of a custom field in the panel, with a hint at the form of its values. */
export const labelWithHint = (name: string, type: string): string => name + (hints[type] ?? '');

/** Whether the panel showed a field of this name by this label, with a hint of any type or without. */
export const isLabelOf = (label: string, name: string): boolean =>
	[...Object.values(hints), ''].some(
		(hint) => label.trim().toLowerCase() === (name.trim() + hint).toLowerCase(),
	);
