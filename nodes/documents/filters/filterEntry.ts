import { PaperlessError } from '../../api/errors';

/** A condition in the server's query, e.g. `['tags__id__in', '3,4']`. */
export type FilterEntry = readonly [filter: string, value: string];

/** The trimmed value. An empty one is rejected, because the server ignores empty filters. */
export function filledValue(value: string, label: string): string {
	if (value.trim() !== '') return value.trim();
	throw new PaperlessError('invalid', `A filter on “${label}” is empty`, {
		description:
			'An empty filter would let every document pass. Enter a value, or remove the filter.',
	});
}
