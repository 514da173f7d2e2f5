import { customFieldOperators } from '../../../../api/customFieldOperators';
import { PaperlessError } from '../../../../api/errors';
import { quotedName } from '../../../../api/quotedName';
import type { CustomField } from '../../../../api/schemas/named';
import { encodeValue } from '../../../../documents/encodeValue';
import type { Context } from '../../../../toolkit/operation';
import type { ValuesOf } from '../../../../toolkit/parameter';
import { toReference } from '../../../../toolkit/references';
import type { IdentifyingFields } from '../upload/planUploads';
import type { keyParameters } from './keyParameters';

/** What identifies a document. */
export type DocumentKey =
	| { kind: 'serialNumber'; number: number }
	| { kind: 'customField'; field: CustomField; value: unknown };

type KeyValues = ValuesOf<typeof keyParameters>;

/** Fields of these types have values that can be those of one document alone. */
const identifyingTypes: readonly string[] = [...customFieldOperators.equals.types, 'date'].filter(
	(type) => type !== 'documentlink',
);

const invalid = (parameter: string, message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter });

const check = 'Check the expression in this field.';

function serialNumberFrom(written: string): number {
	const text = written.trim();
	const number = Number(text);
	if (/^\d+$/.test(text) && number <= 4_294_967_295) return number;
	throw invalid(
		'archiveSerialNumber',
		text === ''
			? '“Archive Serial Number” is empty'
			: `${quotedName(text)} is not an archive serial number`,
		check,
	);
}

async function customFieldFrom(context: Context, values: KeyValues): Promise<DocumentKey> {
	const reference = toReference(values.customField, 'Custom Field');
	const field = await context.names.find('customField', reference, 'customField');
	if (!identifyingTypes.includes(field.data_type)) {
		throw invalid(
			'customField',
			`Custom field “${field.name}” cannot identify a document`,
			`It is of the type ${field.data_type}. Choose a field for texts, numbers, amounts, addresses or dates.`,
		);
	}
	const text = values.customFieldValue.trim();
	if (text === '') throw invalid('customFieldValue', '“Value” is empty', check);
	return { kind: 'customField', field, value: encodeValue(field, text, context.timeZone) };
}

export const documentKey = async (context: Context, values: KeyValues): Promise<DocumentKey> =>
	values.matchBy === 'customField'
		? await customFieldFrom(context, values)
		: { kind: 'serialNumber', number: serialNumberFrom(values.archiveSerialNumber) };

/** Completes “a document …” in messages. */
export const describeKey = (key: DocumentKey): string =>
	key.kind === 'serialNumber'
		? `with the archive serial number ${key.number}`
		: `whose “${key.field.name}” is ${quotedName(String(key.value))}`;

/** The fields that a document with this key has. */
export const fieldsOfKey = (key: DocumentKey): IdentifyingFields =>
	key.kind === 'serialNumber'
		? { patch: { archive_serial_number: key.number } }
		: { customFields: { [key.field.id]: key.value } };
