import { PaperlessError } from '../../../api/errors';

const longestLabel = 64;

export function requireShortLabel(label: string): void {
	if (label.length <= longestLabel) return;
	throw new PaperlessError('invalid', `The label has ${label.length} characters`, {
		description: `Paperless-ngx accepts at most ${longestLabel}.`,
		parameter: 'label',
	});
}
