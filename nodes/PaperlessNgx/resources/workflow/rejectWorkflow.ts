import { PaperlessError } from '../../../api/errors';

/** The error about a workflow as it was given. */
export const rejectWorkflow = (message: string, description: string): PaperlessError =>
	new PaperlessError('invalid', message, { description, parameter: 'workflowJson' });

export function rejectWord(key: string, word: string, known: readonly string[]): never {
	throw rejectWorkflow(
		`“${word}” is no “${key}” of a workflow`,
		`Known words: ${known.join(', ')}. For anything newer, write the number.`,
	);
}
