import { isRecord } from '../api/json';
import type { Parameter } from './parameter';

const isBlank = (value: unknown): boolean =>
	value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/**
 * Whether an expression returned nothing for a parameter: null, undefined, blank text, or a locator
 * that chooses nothing. An empty list is a value.
 */
export function isNothing({ type }: Pick<Parameter, 'type'>, value: unknown): boolean {
	if (isBlank(value)) return true;
	return (
		type === 'resourceLocator' &&
		isRecord(value) &&
		('mode' in value || 'value' in value) &&
		isBlank(value.value)
	);
}
