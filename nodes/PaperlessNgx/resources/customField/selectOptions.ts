import { PaperlessError } from '../../../api/errors';
import { readName, withText } from '../../../api/withName';
import type { CustomField } from '../../../api/schemas/named';
import type { Parameter } from '../../../toolkit/parameter';

type SelectOption = { id?: string; label: string };

type Renaming = readonly [from: string, to: string];

/** Changes by label. */
export type OptionChanges = {
	added?: readonly string[];
	removed?: readonly string[];
	renamed?: Iterable<Renaming>;
};

export const optionsParameter = {
	displayName: 'Select Options',
	name: 'selectOptions',
	type: 'string',
	default: '',
	placeholder: 'e.g. Open, Paid, Overdue',
	typeOptions: { isList: true },
	description:
		'Labels, separated by commas or as an array; put a label that contains a comma in double quotes',
} as const satisfies Parameter;

const quoted = (labels: readonly string[]) => labels.map((label) => `“${label}”`).join(', ');

const refuse = (message: string, description: string): PaperlessError =>
	new PaperlessError('invalid', message, { description });

/** A label in double quotes may contain commas; a double quote in it is written twice. */
const label = /\s*(?:"((?:[^"]|"")*)"(?=\s*(?:,|$))|([^,]*))\s*(?:,|$)/y;

/** Reads labels from a text such as `Open, "Open, late"`, each once. */
export function labelsFrom(text: string): string[] {
	const labels: string[] = [];
	label.lastIndex = 0;
	while (label.lastIndex < text.length) {
		const [, inQuotes, plain = ''] = label.exec(text) ?? [];
		labels.push((inQuotes?.replaceAll('""', '"') ?? plain).trim());
	}
	return [...new Set(labels.filter(Boolean))];
}

/** The options of a select field. The server keeps `null` in the place of a deleted option. */
export const selectOptions = ({ extra_data }: CustomField) =>
	(extra_data?.select_options ?? []).flatMap((option) => (option ? [option] : []));

export const labelsOf = (field: CustomField): string[] =>
	selectOptions(field).map((option) => option.label);

/** Whether an option reads exactly so: labels may differ by case alone. */
const isAmong = (options: readonly SelectOption[], name: string): boolean =>
	options.some((option) => readName(option.label) === readName(name));

/** The only option with this label. */
function optionCalled(field: CustomField, wanted: string) {
	const options = selectOptions(field);
	const [option, ...others] = withText(options, wanted, (one) => one.label);
	if (option === undefined) {
		throw refuse(
			`The custom field “${field.name}” has no option “${wanted}”`,
			`Its options: ${quoted(labelsOf(field)) || 'none'}.`,
		);
	}
	if (others.length > 0) {
		throw refuse(
			`The option “${wanted}” of the custom field “${field.name}” is ambiguous`,
			`Several options have this label: ${quoted([option, ...others].map((one) => one.label))}. Rename one in Paperless-ngx first.`,
		);
	}
	return option;
}

function requireConsistent(
	added: readonly string[],
	removed: readonly string[],
	renamed: readonly Renaming[],
): void {
	const emptied = renamed.find(([from, to]) => from === '' || to === '');
	if (emptied) {
		throw refuse(
			'“Rename Select Options” has an empty label',
			'Enter the old label under “From” and the new one under “To”.',
		);
	}
	const sources = renamed.map(([from]) => readName(from));
	const gone = removed.map(readName);
	const contested =
		sources.find((from, at) => sources.indexOf(from) !== at || gone.includes(from)) ??
		added.map(readName).find((one) => gone.includes(one));
	if (contested === undefined) return;
	throw refuse(
		`The option “${contested}” is to be changed in two ways`,
		'Name each option in one of the fields for adding, renaming and removing.',
	);
}

const takenTwice = (name: string): PaperlessError =>
	refuse(
		`There would be two options “${name}”`,
		'Documents are given an option by its label. Choose a label that no other option has.',
	);

/** The changes that are still to be made to a field, which has some of them already. */
export function changesLeft(
	field: CustomField,
	{ added = [], removed = [], renamed = [] }: OptionChanges,
): OptionChanges {
	const has = (name: string) => withText(selectOptions(field), name, (one) => one.label).length > 0;
	return {
		added: added.filter((name) => !isAmong(selectOptions(field), name)),
		removed: removed.filter(has),
		renamed: [...renamed].filter(([from, to]) => has(from) && !has(to)),
	};
}

/**
 * All options of a select field after these changes, or `undefined` when nothing changes. An option
 * that stays keeps its id, and so the documents keep their values.
 */
export function changedOptions(
	field: CustomField,
	{ added = [], removed = [], renamed: renames = [] }: OptionChanges,
): SelectOption[] | undefined {
	const renamed = [...renames];
	requireConsistent(added, removed, renamed);
	if (added.length === 0 && removed.length === 0 && renamed.length === 0) return undefined;
	if (field.data_type !== 'select') {
		throw refuse(
			`The custom field “${field.name}” is not a select field`,
			`A field of the type ${field.data_type} has no options.`,
		);
	}
	const gone = new Set(removed.map((one) => optionCalled(field, one).id));
	const labels = new Map(renamed.map(([from, to]) => [optionCalled(field, from).id, to]));
	const before = selectOptions(field);
	const kept: SelectOption[] = before
		.filter(({ id }) => !gone.has(id))
		.map((option) => ({ ...option, label: labels.get(option.id) ?? option.label }));
	const missing = added.filter((one) => !isAmong(kept, one));
	const after: SelectOption[] = [...kept, ...missing.map((one) => ({ label: one }))];
	// Only new labels must differ: equal ones that exist already can then still be repaired.
	const fresh = after.filter(({ id }) => id === undefined || labels.has(id));
	for (const { label: name } of fresh) {
		const equal = after.filter((option) => readName(option.label) === readName(name));
		if (equal.length > 1) throw takenTwice(name);
	}
	return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}
