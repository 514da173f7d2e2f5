import { characterCount } from '../../../api/characterCount';
import { PaperlessError } from '../../../api/errors';
import { trimmedText } from '../../../api/trimmedText';

const longestLabel = 64;

/**
 * A label as the server stores it: without the spaces around it, null where nothing is left. Throws
 * PaperlessError `invalid` where it is too long.
 */
export function storedLabel(text: string): string | null {
	const label = trimmedText(text);
	const length = characterCount(label);
	if (length <= longestLabel) return label === '' ? null : label;
	throw new PaperlessError('invalid', `The label has ${length} characters`, {
		description: `Paperless-ngx accepts at most ${longestLabel}.`,
		parameter: 'label',
	});
}
