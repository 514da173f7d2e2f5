import { isRecord } from '../../../api/json';
import type { Json, Output } from '../../../toolkit/operation';

const itemOf = (value: unknown): Output => ({ json: isRecord(value) ? value : { data: value } });

/** The rows of a list or of a page of a list; `undefined` for any other value. */
function rowsIn(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	return isRecord(value) && 'count' in value && Array.isArray(value.results)
		? value.results
		: undefined;
}

const success: Json = { success: true };

/** One item per row of a list, else one for the value. A write without a result has an item, too. */
export function outputsOf(value: unknown, isRead: boolean): Output[] {
	if (value === undefined) return [{ json: success }];
	const rows = rowsIn(value);
	if (rows === undefined) return [itemOf(value)];
	return rows.length > 0 || isRead ? rows.map(itemOf) : [{ json: success }];
}
