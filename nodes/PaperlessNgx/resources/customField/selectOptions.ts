import { PaperlessError } from '../../../api/errors';
import type { CustomField } from '../../../api/schemas/named';
import type { Parameter } from '../../../toolkit/parameter';

type SelectOption = { id?: string; label: string };

/** Changes by label; `renamed` holds the new label under the old one. */
type OptionChanges = {
	added?: readonly string[];
	removed?: readonly string[];
	renamed?: ReadonlyMap<string, string>;
};

export const optionsParameter = {
	displayName: 'Select Options',
	name: 'selectOptions',
	type: 'string',
	default: '',
	placeholder: 'e.g. Open, Paid, Overdue',
	typeOptions: { isList: true },
	description: 'Labels, separated by commas or as an array',
} as const satisfies Parameter;

export const labelsFrom = (text: string): string[] => [
	...new Set(
		text
			.split(',')
			.map((label) => label.trim())
			.filter(Boolean),
	),
];

/** The options of a select field. The server keeps `null` in the place of a deleted option. */
export const selectOptions = ({ extra_data }: CustomField) =>
	(extra_data?.select_options ?? []).flatMap((option) => (option ? [option] : []));

const quoted = (labels: readonly string[]) => labels.map((label) => `“${label}”`).join(', ');

/**
 * All options of a select field after these changes, or `undefined` when nothing changes. An option
 * that stays keeps its id, and so the documents keep their values.
 */
export function changedOptions(
	field: CustomField,
	{ added = [], removed = [], renamed = new Map() }: OptionChanges,
): SelectOption[] | undefined {
	const options = selectOptions(field);
	const labels = options.map(({ label }) => label);
	const missing = added.filter((label) => !labels.includes(label));
	if (missing.length === 0 && removed.length === 0 && renamed.size === 0) return undefined;
	if (field.data_type !== 'select') {
		throw new PaperlessError('invalid', `The custom field “${field.name}” is not a select field`, {
			description: `A field of the type ${field.data_type} has no options.`,
		});
	}
	const unknown = [...renamed.keys(), ...removed].filter((label) => !labels.includes(label));
	if (unknown.length > 0) {
		throw new PaperlessError(
			'invalid',
			`The custom field “${field.name}” has no option ${quoted(unknown)}`,
			{ description: `Its options: ${quoted(labels) || 'none'}.` },
		);
	}
	return [
		...options
			.filter(({ label }) => !removed.includes(label))
			.map(({ id, label }) => ({ id, label: renamed.get(label) ?? label })),
		...missing.map((label) => ({ label })),
	];
}
