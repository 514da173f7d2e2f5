import { isNothing } from './isNothing';
import type { MappedFields, Parameter } from './parameter';
import { plainRecordFrom } from './plainRecord';
import { rejectValue } from './rejectValue';

const mapperKeys = new Set([
	'attemptToConvertTypes',
	'cachedResultName',
	'convertFieldsToString',
	'mappingMode',
	'matchingColumns',
	'schema',
	'value',
]);

/** Whether an object is what n8n stores for a mapper, and not values by the names of fields. */
const isMapper = (given: Record<string, unknown>): boolean =>
	'mappingMode' in given ||
	('value' in given && Object.keys(given).every((key) => mapperKeys.has(key)));

/** The names that the fields had when the user chose them. */
function labelsFrom(schema: unknown): Record<string, string> {
	const rows = Array.isArray(schema) ? schema.map((row: unknown) => plainRecordFrom(row)) : [];
	return Object.fromEntries(
		rows.flatMap((row) =>
			row && typeof row.displayName === 'string' ? [[String(row.id), row.displayName]] : [],
		),
	);
}

const nothing: MappedFields = { values: {}, labels: {}, keys: 'ids' };

/**
 * The values of a mapper. An expression may also return them as an object by field name or ID, or as
 * JSON text. A mapper that maps automatically takes the input item. Every other shape is rejected,
 * because it would be lost without a word.
 */
export function toMappedFields(
	parameter: Parameter,
	value: unknown,
	input: Readonly<Record<string, unknown>>,
): MappedFields {
	if (isNothing(parameter, value)) return nothing;
	const given = plainRecordFrom(value);
	if (given === undefined) {
		return rejectValue(parameter, 'an object such as { "Amount": 12.5 }', value);
	}
	if (!isMapper(given)) return { values: given, labels: {}, keys: 'names' };
	if (given.mappingMode === 'autoMapInputData') return { values: input, labels: {}, keys: 'input' };
	if (isNothing(parameter, given.value)) return nothing;
	const values = plainRecordFrom(given.value);
	return values === undefined
		? rejectValue(parameter, 'an object such as { "Amount": 12.5 }', given.value)
		: { values, labels: labelsFrom(given.schema), keys: 'ids' };
}
