import { abridge } from '../api/abridge';
import { PaperlessError } from '../api/errors';
import type { Reference } from '../api/reference';
import { listEntries } from './listEntries';
import type { Locator } from './parameter';

/** More would be a text that is no list, or a request that no server accepts. */
const mostReferences = 1000;

const isId = (text: string) => /^\d+$/.test(text) && Number.isSafeInteger(Number(text));

/**
 * Reads ids and names, mixed, from a list, an array or a comma-separated text. A name that contains a
 * comma has to be given in an array or in double quotes. A text of digits is a name where an object has this name, and
 * an id otherwise; a number is always an id.
 */
export function toReferences(value: unknown, label: string): Reference[] {
	if (value === undefined || value === null || value === '') return [];
	const entries: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? listEntries(value)
			: [value];
	if (entries.length > mostReferences) {
		throw new PaperlessError('invalid', `“${label}” has ${entries.length} entries`, {
			description: `It takes at most ${mostReferences} IDs and names. A text is split at its commas; if it is one name, write it as a list, e.g. {{ [$json.name] }}.`,
		});
	}
	return entries
		.map((entry): Reference => {
			if (typeof entry === 'number' && Number.isInteger(entry) && entry > 0) return entry;
			if (typeof entry === 'string') return entry.trim();
			throw new PaperlessError('invalid', `“${label}” takes IDs and names`, {
				description: `Received ${abridge(String(JSON.stringify(entry)))}. Enter a list such as ["Invoice", 12] or the text “Invoice, 12”.`,
			});
		})
		.filter((entry) => entry !== '');
}

/** Like `toReferences`, but rejects an empty list, which would mean “no condition” or “nothing to do”. */
export function requiredReferences(value: unknown, label: string): Reference[] {
	const references = toReferences(value, label);
	if (references.length > 0) return references;
	throw new PaperlessError('invalid', `“${label}” is empty`, {
		description: 'Choose at least one, or remove the field.',
	});
}

/** What a locator means: an id when it is set by list or by ID, a name or an address otherwise. */
export function toReference({ mode, value, label: shown }: Locator, label: string): Reference {
	const text = value.trim();
	if (text === '') {
		throw new PaperlessError('invalid', `“${label}” is empty`, {
			description: 'Choose one, or remove the field.',
		});
	}
	if (mode === 'name') return { name: text };
	if (mode === 'url') return { address: text };
	if (isId(text)) return shown === undefined ? Number(text) : { id: Number(text), label: shown };
	if (mode !== 'id') return text;
	throw new PaperlessError('invalid', `“${label}” is not an ID`, {
		description: `Received “${text}”. Enter a whole number, or choose “By Name”.`,
	});
}

/** Like `toReference`, but a locator that is empty or missing leaves its field unchanged. */
export const optionalReference = (
	locator: Locator | undefined,
	label: string,
): Reference | undefined =>
	locator === undefined || locator.value.trim() === '' ? undefined : toReference(locator, label);
