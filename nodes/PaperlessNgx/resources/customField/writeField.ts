import { PaperlessError } from '../../../api/errors';
import { inTurn } from '../../../api/inTurn';
import type { CustomField, CustomFieldDraft } from '../../../api/schemas/named';
import { optionsIn } from '../../../documents/selectedOption';
import type { Context } from '../../../toolkit/operation';
import type { Written } from '../capabilities/written';
import type { OptionChanges } from './changedOptions';
import { changedOptions, changesLeft, labelsOf } from './changedOptions';

/** What a custom field should become. What is left out stays as it is; the currency null is none. */
export type FieldChanges = {
	name?: string;
	currency?: string | null;
	options?: OptionChanges;
};

/** How often a change is repeated that another execution has overwritten. */
const attempts = 3;

const currencyOf = ({ extra_data }: CustomField): string | null =>
	extra_data?.default_currency || null;

function requireMonetary({ name, data_type: type }: CustomField): void {
	if (type === 'monetary') return;
	throw new PaperlessError('invalid', `The custom field “${name}” is not a monetary field`, {
		description: `A field of the type ${type} has no currency.`,
		parameter: 'defaultCurrency',
	});
}

/**
 * The request that makes a field so, or `undefined` where it is so already. A change of a select
 * field needs all of its options (docs/paperless-api.md#select-options).
 */
function draftFor(field: CustomField, wanted: FieldChanges): CustomFieldDraft | undefined {
	const { name, currency, options: changes = {} } = wanted;
	if (currency) requireMonetary(field);
	const options = changedOptions(field, changes);
	const isRenamed = name !== undefined && name !== field.name;
	const isOther = currency !== undefined && currency !== currencyOf(field);
	if (!isRenamed && !isOther && options === undefined) return undefined;
	const isSelect = field.data_type === 'select';
	const after = isOther ? currency : field.extra_data?.default_currency;
	return {
		...(isRenamed && { name }),
		...((isOther || isSelect) && {
			extra_data: {
				...(isSelect && { select_options: options ?? optionsIn(field) }),
				...(after !== undefined && { default_currency: after }),
			},
		}),
	};
}

async function writeFresh(
	{ api, names }: Context,
	id: number,
	wanted: FieldChanges,
): Promise<Written<CustomField>> {
	const before = await api.customFields.get(id);
	let field = before;
	let left = wanted;
	for (let attempt = 0; attempt < attempts; attempt += 1) {
		const draft = draftFor(field, left);
		if (draft === undefined) return { before, after: field, fields: [] };
		await api.customFields.update(id, draft);
		field = await api.customFields.get(id);
		await names.replace('customField', field);
		left = { ...wanted, options: changesLeft(field, wanted.options ?? {}) };
	}
	if (draftFor(field, left) === undefined) return { before, after: field, fields: [] };
	throw new PaperlessError(
		'unexpectedReply',
		`Paperless-ngx did not change the custom field “${field.name}” as it was asked to`,
		{
			description: `The server reported success. Its currency is ${currencyOf(field) ?? 'none'}, and its options are: ${labelsOf(field).join(', ') || 'none'}.`,
		},
	);
}

/** How a change would leave a custom field. Writes nothing. */
export async function foreseeField(
	{ api }: Context,
	id: number,
	wanted: FieldChanges,
): Promise<Written<CustomField>> {
	const before = await api.customFields.get(id);
	const draft = draftFor(before, wanted);
	if (draft === undefined) return { before, after: before, fields: [] };
	const extra_data = { ...before.extra_data, ...draft.extra_data } as CustomField['extra_data'];
	return { before, after: { ...before, name: draft.name ?? before.name, extra_data }, fields: [] };
}

/**
 * Changes a custom field. A change of its options replaces all of them
 * (docs/paperless-api.md#select-options), so executions wait for each other, the options are read
 * right before and right after the change, and a change that something else has overwritten is made
 * again.
 */
export const writeField = (
	context: Context,
	id: number,
	wanted: FieldChanges,
): Promise<Written<CustomField>> =>
	inTurn(`${context.api.baseUrl} custom field ${id}`, () => writeFresh(context, id, wanted));
