import { PaperlessError } from '../api/errors';
import type { Parameter } from '../toolkit/parameter';

/** The id of an object that has no name to choose it by. */
export function idFrom(value: string, label: string, parameter: string): number {
	const text = value.trim();
	const id = /^\d+$/.test(text) ? Number(text) : 0;
	if (id > 0 && Number.isSafeInteger(id)) return id;
	throw new PaperlessError('invalid', `“${label}” is not an ID`, {
		description: `Received “${text}”. Check the expression in this field.`,
		parameter,
	});
}

/** Ids from a text such as “12, 34” or an array, at least one and each once. */
export function idsFrom(value: unknown, label: string, parameter: string): [number, ...number[]] {
	const texts = Array.isArray(value)
		? value.map(String)
		: String(value ?? '')
				.replace(/[[\]"]/g, '')
				.split(',');
	const entries = texts.map((text) => text.trim()).filter(Boolean);
	const ids = new Set(entries.map((entry) => idFrom(entry, label, parameter)));
	const [first, ...others] = ids;
	if (first !== undefined) return [first, ...others];
	throw new PaperlessError('invalid', `“${label}” is empty`, {
		description: 'Enter at least one ID.',
		parameter,
	});
}

export const documentIdsParameter = {
	displayName: 'Document IDs',
	name: 'documentIds',
	type: 'string',
	typeOptions: { isList: true },
	required: true,
	default: '',
	placeholder: 'e.g. 12, 34',
	description: 'Separated by commas, or as an array',
} as const satisfies Parameter;
