import { isRecord } from '../api/json';
import { isNothing } from './isNothing';
import type { Locator, Parameter } from './parameter';
import { rejectValue } from './rejectValue';

const isText = (value: unknown): value is string | number =>
	typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

/** An expression may yield the whole locator, or only the id or the name. */
export function toLocator(parameter: Parameter, given: unknown): Locator {
	const isWhole = isRecord(given) && ('mode' in given || 'value' in given);
	const value = isWhole ? given.value : given;
	const text = isText(value) ? String(value).trim() : '';
	if (text === '' && !isNothing(parameter, given)) {
		return rejectValue(parameter, 'an ID, a name or a choice from the list', given);
	}
	if (!isWhole) return { mode: /^\d+$/.test(text) ? 'id' : 'name', value: text };
	const mode = String(given.mode ?? 'list');
	const { cachedResultName: label } = given;
	const isLabeled = mode === 'list' && typeof label === 'string' && label !== '';
	return { mode, value: text, ...(isLabeled && { label }) };
}
