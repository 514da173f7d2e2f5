import { PaperlessError } from '../api/errors';
import { quotedName } from '../api/quotedName';
import { readName } from '../api/readName';
import type { CustomField } from '../api/schemas/named';

type Option = { id: string; label: string };

const folded = (label: string) => readName(label).replace(/\s+/g, ' ').toLocaleLowerCase('en');

/** The options of a select field. The server keeps `null` in the place of a deleted option. */
export const optionsIn = ({ extra_data }: CustomField): Option[] =>
	(extra_data?.select_options ?? []).flatMap((option) => (option ? [option] : []));

export const quotedLabels = (options: readonly Option[]): string =>
	options.map(({ label }) => `“${label}”`).join(', ');

/**
 * The option that a text means: by its ID or label or, where there is none, by a label that differs by
 * case or blanks. Throws an error of the kind `invalid` where the text can mean several.
 */
export function selectedOption(field: CustomField, text: string): Option | undefined {
	const options = optionsIn(field);
	const exact = options.filter(
		({ id, label }) => id === text || readName(label) === readName(text),
	);
	const similar = options.filter(({ label }) => folded(label) === folded(text));
	const [option, ...others] = exact.length > 0 ? exact : similar;
	if (option === undefined || others.length === 0) return option;
	throw new PaperlessError(
		'invalid',
		`Custom field “${field.name}” has several options that ${quotedName(text)} can mean`,
		{
			description: `They are ${quotedLabels([option, ...others])}, by label or by ID. Rename one of them in Paperless-ngx, or use the ID of the option.`,
		},
	);
}
