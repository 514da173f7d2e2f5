import { PaperlessError } from '../api/errors';
import type { Parameter } from '../toolkit/parameter';

/** The id of something that has no name to choose it by. */
export function idFrom(value: string, label: string, parameter: string): number {
	const text = value.trim();
	if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
	throw new PaperlessError('invalid', `“${label}” is not an ID`, {
		description: `It is “${text}”. Check the expression that fills it.`,
		parameter,
	});
}

/** Ids from a text such as “12, 34” or an array, at least one. */
export function idsFrom(value: unknown, label: string, parameter: string): [number, ...number[]] {
	const entries = (
		Array.isArray(value)
			? value
			: String(value ?? '')
					.replace(/[[\]"]/g, '')
					.split(',')
	)
		.map((entry) => String(entry).trim())
		.filter(Boolean);
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
