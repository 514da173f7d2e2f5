import { asError, isPaperlessError, PaperlessError } from '../api/errors';
import type { CustomField } from '../api/schemas/named';
import { isLabelOf } from '../toolkit/labelWithHint';
import type { Context, Json } from '../toolkit/operation';
import type { MappedFields, Parameter } from '../toolkit/parameter';
import { encodeValue } from './encodeValue';
import { nameOfKey } from './byFieldName';
import { optionsIn } from './selectedOption';

const parameter = 'customFields';

/** The option under which values that do not fit their fields are left out. */
export const skipUnfitValues = {
	displayName: 'Skip Values That Do Not Fit',
	name: 'skipUnfitValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out values that do not fit their custom field and report them under “skipped”, instead of rejecting the item. Their fields stay as they are.',
} as const satisfies Parameter;

type GivenValue = { field: CustomField; value: unknown };

/** Values that were left out, with the reason, by field id. */
export type SkippedValues = Readonly<
	Record<string, { field: string; value: unknown; reason: string }>
>;

/** Values by field id, in the type of each field, and the values that were left out. */
export type EncodedValues = { set: Record<string, unknown>; skipped: SkippedValues };

const isEmpty = (value: unknown) =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '') ||
	(Array.isArray(value) && value.length === 0);

const rejected = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter });

/** Custom fields by ID and by exact name; the list is walked once, and not for each key of an item. */
const fieldsBy = (all: readonly CustomField[]) => ({
	byId: new Map(all.map((field) => [field.id, field])),
	byName: new Map(all.toReversed().map((field) => [field.name, field])),
});

/** The field with this ID or name. A key of digits may be the one of one field and the other of another. */
async function fieldByKey(
	{ names }: Context,
	key: string,
	keys: MappedFields['keys'],
	all: ReturnType<typeof fieldsBy>,
): Promise<CustomField> {
	const mayBeId = /^\d+$/.test(key);
	const byId = mayBeId ? all.byId.get(Number(key)) : undefined;
	const byName = all.byName.get(key);
	if (keys === 'names' && byId && byName && byId !== byName) {
		throw rejected(
			`“${key}” is ambiguous under “Custom Fields”`,
			`It is the ID of “${byId.name}”, and the name of the field with the ID ${byName.id}. Use the name or the ID of the field that has no double meaning.`,
		);
	}
	if (byId) return byId;
	const name = byName ? key : nameOfKey(key);
	return await names.find('customField', keys === 'ids' && mayBeId ? Number(key) : name, parameter);
}

/**
 * A workflow that comes from another server has the ids of that server, which belong to other fields
 * here.
 */
function requireSameName({ id, name }: CustomField, label: string | undefined): void {
	if (label === undefined || isLabelOf(label, name)) return;
	throw rejected(
		`Custom field ${id} is “${name}” on this server, not “${label}”`,
		'The workflow was made for another server, or the field was renamed. Open the node and choose the field again under “Custom Fields”.',
	);
}

/** The entries of an input item whose key is the name of a custom field. */
async function namedEntries(
	{ names }: Context,
	entries: ReadonlyArray<[string, unknown]>,
): Promise<GivenValue[]> {
	if (entries.length === 0) return [];
	const { byName } = fieldsBy(await names.all('customField'));
	return entries.flatMap(([key, value]) => {
		const field = byName.get(key.trim()) ?? byName.get(nameOfKey(key.trim()));
		return field ? [{ field, value }] : [];
	});
}

async function mappedEntries(
	context: Context,
	mapped: MappedFields,
	entries: ReadonlyArray<[string, unknown]>,
): Promise<GivenValue[]> {
	const { keys, labels } = mapped;
	if (keys === 'input') return await namedEntries(context, entries);
	const all = fieldsBy(entries.length > 0 ? await context.names.all('customField') : []);
	const given: GivenValue[] = [];
	// One after the other: the first key that is no field ends the search, however many follow.
	for (const [key, value] of entries) {
		const field = await fieldByKey(context, key.trim(), keys, all);
		requireSameName(field, Object.hasOwn(labels, key) ? labels[key] : undefined);
		given.push({ field, value });
	}
	return given;
}

/** The values that are set, with their fields. Empty values are left out: clearing is explicit. */
async function givenValues(context: Context, mapped: MappedFields): Promise<GivenValue[]> {
	const filled = Object.entries(mapped.values).filter(([, value]) => !isEmpty(value));
	const given = await mappedEntries(context, mapped, filled);
	const firstAt = new Map(given.map(({ field }, at) => [field.id, at] as const).toReversed());
	const twice = given.find(({ field }, at) => firstAt.get(field.id) !== at);
	if (twice === undefined) return given;
	throw rejected(
		`Custom field “${twice.field.name}” is set twice`,
		'It is given by its name and by its ID, or in upper and lower case. Keep one of them.',
	);
}

/**
 * Encodes the values that are not empty. Throws at the first value that does not fit its field, or
 * leaves such values out where the user chose that. A field that does not exist is always rejected.
 */
export async function encodeCustomFields(
	context: Context,
	mapped: MappedFields,
	{ skipUnfitValues: skips = false }: { skipUnfitValues?: boolean },
): Promise<EncodedValues> {
	const set: Record<string, unknown> = {};
	const skipped: Record<string, SkippedValues[string]> = {};
	for (const { field, value } of await givenValues(context, mapped)) {
		try {
			set[field.id] = encodeValue(field, value, context.timeZone);
		} catch (thrown) {
			const error = asError(thrown);
			if (!skips || !isPaperlessError(error, 'invalid')) throw error;
			skipped[field.id] = { field: field.name, value, reason: error.message };
		}
	}
	return { set, skipped };
}

/** What the output says of values that were left out; nothing where there are none. */
export function presentSkipped(values: SkippedValues = {}): Json {
	const skipped = Object.values(values);
	return skipped.length > 0 ? { skipped } : {};
}

/** The labels of a select field by the ids of its options, once for all documents that have a value. */
const labelsByField = new WeakMap<CustomField, Map<unknown, string>>();

function labelsOf(field: CustomField): Map<unknown, string> {
	const labels =
		labelsByField.get(field) ?? new Map(optionsIn(field).map(({ id, label }) => [id, label]));
	labelsByField.set(field, labels);
	return labels;
}

/** A value as people read it: the label of a select option, and any other value as it is. */
export const readableValue = (field: CustomField, value: unknown): unknown =>
	field.data_type === 'select' ? (labelsOf(field).get(value) ?? value) : value;
