import { PaperlessError } from '../../../api/errors';
import { readName } from '../../../api/readName';
import { TextIndex } from '../../../api/textIndex';
import type { CustomField } from '../../../api/schemas/named';
import { optionsIn } from '../../../documents/selectedOption';
import { listEntries } from '../../../toolkit/listEntries';
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

/** Reads labels from a text such as `Open, "Open, late"`, each once. */
export const labelsFrom = (text: string): string[] => [
	...new Set(listEntries(text).filter(Boolean)),
];

export const labelsOf = (field: CustomField): string[] =>
	optionsIn(field).map((option) => option.label);

/** How options read: labels may differ by case alone. */
const readLabels = (options: readonly SelectOption[]): ReadonlySet<string> =>
	new Set(options.map((option) => readName(option.label)));

/** Finds the only option with a label. */
function optionFinder(field: CustomField) {
	const options = new TextIndex(optionsIn(field), (option) => option.label);
	return (wanted: string) => {
		const [option, ...others] = options.find(wanted);
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
	};
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
	const gone = new Set(removed.map(readName));
	const lastAt = new Map(sources.map((from, at) => [from, at]));
	const contested =
		sources.find((from, at) => lastAt.get(from) !== at || gone.has(from)) ??
		added.map(readName).find((one) => gone.has(one));
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
	const options = new TextIndex(optionsIn(field), (option) => option.label);
	const has = (name: string) => options.find(name).length > 0;
	const present = readLabels(optionsIn(field));
	return {
		added: added.filter((name) => !present.has(readName(name))),
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
	const optionCalled = optionFinder(field);
	const gone = new Set(removed.map((one) => optionCalled(one).id));
	const labels = new Map(renamed.map(([from, to]) => [optionCalled(from).id, to]));
	const before = optionsIn(field);
	const kept: SelectOption[] = before
		.filter(({ id }) => !gone.has(id))
		.map((option) => ({ ...option, label: labels.get(option.id) ?? option.label }));
	const present = readLabels(kept);
	const missing = added.filter((one) => !present.has(readName(one)));
	const after: SelectOption[] = [...kept, ...missing.map((one) => ({ label: one }))];
	// Only new labels must differ: equal ones that exist already can then still be repaired.
	const fresh = after.filter(({ id }) => id === undefined || labels.has(id));
	const all = new TextIndex(after, (option) => option.label);
	const twice = fresh.find(({ label: name }) => all.exactly(name).length > 1);
	if (twice) throw takenTwice(twice.label);
	return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}
