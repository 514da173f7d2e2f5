import { isRecord } from '../api/json';
import type { Parameter } from './parameter';

const isBlank = (value: unknown): boolean =>
	value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * Whether an expression returned nothing for a parameter: null, undefined, blank text, a locator
 * that chooses nothing, or groups without rows. An empty list is a value.
 */
export function isNothing({ type }: Pick<Parameter, 'type'>, value: unknown): boolean {
	if (isBlank(value)) return true;
	if (type === 'fixedCollection' && isRecord(value)) return Object.values(value).every(isEmptyList);
	return (
		type === 'resourceLocator' &&
		isRecord(value) &&
		('mode' in value || 'value' in value) &&
		isBlank(value.value)
	);
}
