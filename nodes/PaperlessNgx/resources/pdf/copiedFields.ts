import { PaperlessError } from '../../../api/errors';
import { requireAsAsked } from '../../../api/requireAsAsked';
import { untilUnlocked } from '../../../api/untilUnlocked';
import type { CustomFieldInstance, Document } from '../../../api/schemas/document';
import type { Context } from '../../../toolkit/operation';
import type { Pdf } from './loadPdfs';

/** The fields that results are to copy and the server mixes up, or `undefined`. */
export type MixedFields = { from: number; fields: readonly CustomFieldInstance[] };

const version = 'Before 2.20.6, Paperless-ngx';

/**
 * The custom fields of `source` that its copies get wrong (docs/paperless-api.md#copied-custom-fields).
 * Throws PaperlessError `unsupported` where nobody waits for the copies, which the node would correct.
 */
export async function mixedFields(
	{ api }: Context,
	source: Pdf | undefined,
	waits: boolean,
): Promise<MixedFields | undefined> {
	if (source === undefined || source.customFields.length === 0) return undefined;
	if ((await api.server()).has('copiesFieldValues')) return undefined;
	if (waits) return { from: source.id, fields: source.customFields };
	throw new PaperlessError(
		'unsupported',
		`The custom fields of document ${source.id} would get lost`,
		{
			description: `${version} puts them into wrong fields of the new documents. Turn on “Wait for Result”, and this node sets them right.`,
			parameter: 'waitForResult',
		},
	);
}

/** A value that does not fit into the wrong field makes the server give up. */
export const whyNotCopied = ({ from }: MixedFields): string =>
	`${version} copies custom fields into wrong fields, and fails where a value does not fit. Update the server, or remove the custom fields of document ${from} first.`;

const asText = (value: unknown): string =>
	(typeof value === 'string' ? value : JSON.stringify(value ?? null))
		.replaceAll(/\s/g, '')
		.toLowerCase();

const asNumber = (value: unknown): number =>
	['boolean', 'number', 'string'].includes(typeof value) && value !== '' ? Number(value) : NaN;

/** The server converts a value to the type of the field that it takes for the right one. */
const isConverted = (value: unknown, original: unknown): boolean =>
	asText(value) === asText(original) ||
	(typeof value !== 'string' && asNumber(value) === Math.trunc(asNumber(original)));

/** What a copy is to have: the values of the original, and those that a workflow of the server set. */
function wantedFields({ fields }: MixedFields, { custom_fields: held = [] }: Document) {
	const isMoved = ({ value }: CustomFieldInstance) =>
		fields.some((one) => isConverted(value, one.value));
	const kept = held.filter((one) => !isMoved(one));
	const wanted = new Map([...fields, ...kept].map(({ field, value }) => [field, value ?? null]));
	return [...wanted].map(([field, value]) => ({ field, value }));
}

const byField = (list: unknown): string =>
	JSON.stringify(
		[...((list ?? []) as CustomFieldInstance[])]
			.sort((a, b) => a.field - b.field)
			.map(({ field, value }) => [field, value ?? null]),
	);

const sameness = {
	custom_fields: (asked: unknown, stored: unknown) => byField(asked) === byField(stored),
};

/** Gives copies the custom fields that the server put elsewhere. Changes `copies` to what is stored. */
export async function setCopiedFields(
	{ api }: Context,
	mixed: MixedFields,
	copies: readonly Document[],
): Promise<void> {
	for (const copy of copies) {
		const custom_fields = wantedFields(mixed, copy);
		if (sameness.custom_fields(custom_fields, copy.custom_fields)) continue;
		const set = () => api.documents.update(copy.id, { custom_fields });
		const updated = await untilUnlocked(api, set);
		requireAsAsked({ custom_fields }, updated, sameness);
		copy.custom_fields = updated.custom_fields ?? custom_fields;
	}
}
