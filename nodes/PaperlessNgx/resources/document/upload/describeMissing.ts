import { PaperlessError } from '../../../../api/errors';
import type { Document } from '../../../../api/schemas/document';
import { readableValue } from '../../../../documents/encodeCustomFields';
import { namer } from '../../../../documents/output/namer';
import type { Context } from '../../../../toolkit/operation';
import type { Difference } from './differenceFrom';

const kinds = {
	correspondent: 'correspondent',
	document_type: 'documentType',
	owner: 'user',
	storage_path: 'storagePath',
} as const;

const quoted = (value: unknown): string => {
	if (value === null || value === undefined || value === '') return 'empty';
	return typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
};

const isRelation = (field: string): field is keyof typeof kinds => field in kinds;

async function words(
	context: Context,
	document: Document,
	{ values, tags, customFields, permissions, note }: Difference,
): Promise<string[]> {
	const ofValues = Object.keys(values).map(async (field) => {
		const found = document[field];
		const nameOf = isRelation(field) ? await namer(context, kinds[field], [found]) : undefined;
		return `${field} is ${quoted(nameOf ? nameOf(found) : found)}`;
	});
	const tagName = await namer(context, 'tag', tags);
	const definitions = await context.names.known('customField');
	const held = new Map((document.custom_fields ?? []).map(({ field, value }) => [field, value]));
	const ofFields = Object.entries(customFields).map(([key, wanted]) => {
		const field = definitions.find(({ id }) => String(id) === key);
		const found = field ? readableValue(field, held.get(field.id)) : held.get(Number(key));
		const name = quoted(field?.name ?? key);
		return JSON.stringify(found) === JSON.stringify(wanted)
			? `custom field ${name} is not linked back`
			: `custom field ${name} is ${quoted(found)}`;
	});
	return [
		...(await Promise.all(ofValues)),
		...tags.map((id) => `tag ${quoted(tagName(id))} is missing`),
		...ofFields,
		...(permissions ? ['permissions are others'] : []),
		...(note === '' ? [] : ['the note is missing']),
	];
}

/** The error of a document that is not as asked, with what is there instead. */
export async function describeMissing(
	context: Context,
	document: Document,
	shortfalls: Difference,
): Promise<PaperlessError> {
	const found = await words(context, document, shortfalls);
	return new PaperlessError(
		'unavailable',
		`Document ${document.id} is not as it was asked for: ${found.join(', ')}`,
		{
			description:
				'Paperless-ngx accepted the upload but stored something else. Its log may contain the reason.',
		},
	);
}
