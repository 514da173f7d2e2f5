import { abridge } from '../api/abridge';
import { PaperlessError } from '../api/errors';
import type { Parameter } from './parameter';

const shown = (value: unknown): string =>
	abridge(typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Throws the error about a value that does not fit its parameter; `wanted` completes “must be …”. */
export function rejectValue(parameter: Parameter, wanted: string, value: unknown): never {
	const isSecret = parameter.typeOptions?.password === true;
	const received = isSecret ? '' : `Received “${shown(value)}”. `;
	throw new PaperlessError('invalid', `“${parameter.displayName}” must be ${wanted}`, {
		description: `${received}Check the expression in this field.`,
		parameter: parameter.name,
	});
}
