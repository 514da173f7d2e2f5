import { PaperlessError } from '../api/errors';
import type { Reference } from '../api/reference';

/**
 * The only custom field that a condition or a sort field names. Its name may contain commas.
 * `undefined` where it is empty; throws an error about the parameter for anything else.
 */
export function fieldReference(value: unknown, parameter: string): Reference | undefined {
	const [entry, ...others] = [value].flat() as unknown[];
	if (others.length === 0) {
		if (entry === undefined || entry === null) return undefined;
		if (typeof entry === 'number' && Number.isInteger(entry) && entry > 0) return entry;
		if (typeof entry === 'string') return entry.trim() || undefined;
	}
	throw new PaperlessError('invalid', 'A custom field is named by its name or ID', {
		description: `Received ${JSON.stringify(value)}. Enter one name or one ID.`,
		parameter,
	});
}
