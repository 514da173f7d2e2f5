import { characterCount } from '../../../api/characterCount';
import { PaperlessError } from '../../../api/errors';
import type { Parameter } from '../../../toolkit/parameter';

type Named = { example: string };

export const nameParameter = ({ example }: Named) =>
	({
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'At most 128 characters',
	}) as const satisfies Parameter;

/** The same among the fields of Update. */
export const newNameParameter = ({ example }: Named) =>
	({
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'New name of at most 128 characters',
	}) as const satisfies Parameter;

/** The name without surrounding spaces, or an error when the server would not accept it. */
export function trimmedName(name: string): string {
	const trimmed = name.trim();
	const length = characterCount(trimmed);
	if (trimmed !== '' && length <= 128) return trimmed;
	throw new PaperlessError(
		'invalid',
		trimmed === '' ? '“Name” is empty' : `“Name” has ${length} characters`,
		{
			description: 'Enter a name of 1 to 128 characters.',
			parameter: 'name',
		},
	);
}
