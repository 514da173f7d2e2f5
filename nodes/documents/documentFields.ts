import { characterCount } from '../api/characterCount';
import type { UploadDraft } from '../api/documentFiles';
import { PaperlessError } from '../api/errors';
import type { CreatableKind, Kind } from '../api/kinds';
import { trimmedText } from '../api/trimmedText';
import { plainDate } from '../toolkit/dates';
import type { Context } from '../toolkit/operation';
import { rowsOf } from '../toolkit/optionsOf';
import { oneOf, oneOrNew } from '../toolkit/parameterBuilders';
import type { IdResolver } from './edit/plannedNames';
import { largestSerialNumber } from './largestSerialNumber';
import type { Locator, Parameter, ValuesOf } from '../toolkit/parameter';
import { toReference, toReferences } from '../toolkit/references';

type Relation = { label: string; picker: string; example: string } & (
	| { kind: CreatableKind; isCreatable: true }
	| { kind: Kind; isCreatable: false }
);

const relations = {
	correspondent: {
		label: 'Correspondent',
		picker: 'searchCorrespondents',
		example: 'Water Works',
		kind: 'correspondent',
		isCreatable: true,
	},
	documentType: {
		label: 'Document Type',
		picker: 'searchDocumentTypes',
		example: 'Invoice',
		kind: 'documentType',
		isCreatable: true,
	},
	owner: {
		label: 'Owner',
		picker: 'searchUsers',
		example: 'clara',
		kind: 'user',
		isCreatable: false,
	},
	storagePath: {
		label: 'Storage Path',
		picker: 'searchStoragePaths',
		example: 'By year',
		kind: 'storagePath',
		isCreatable: false,
	},
} as const satisfies Record<string, Relation>;

/** The fields that both Upload and Update set. */
export const documentFields = [
	...rowsOf(relations).map(([name, { label, picker, example, isCreatable }]) =>
		isCreatable ? oneOrNew(label, name, picker, example) : oneOf(label, name, picker, example),
	),
	{
		displayName: 'Archive Serial Number',
		name: 'archiveSerialNumber',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: largestSerialNumber, numberPrecision: 0 },
		default: 0,
		description: 'Number of the paper original; unique in the archive, including its trash',
	},
	{
		displayName: 'Created',
		name: 'created',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2024-05-31',
		description:
			'Day of the document itself; an instant is the day in the time zone of the workflow',
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoice May 2024',
		description: 'At most 128 characters',
	},
] as const satisfies readonly Parameter[];

type DocumentFields = Partial<ValuesOf<typeof documentFields>>;

export const createIfMissing = {
	displayName: 'Create If Missing',
	name: 'createIfMissing',
	type: 'boolean',
	default: false,
	description:
		'Whether to create correspondents, document types and tags whose name does not exist yet, at most 50 for a field. In a text, commas separate tags; an array with one text is one tag.',
} as const satisfies Parameter;

export const customFieldsParameter = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'Values for custom fields; fields without a value here stay as they are. “Map Automatically” takes the keys of the input item that are names of custom fields. An expression may return an object by field name, e.g. { "Amount": 12.5 }.',
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'mapCustomFields',
			mode: 'map',
			valuesLabel: 'Custom Fields',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: false,
			supportAutoMap: true,
			multiKeyMatch: false,
			noFieldsError: 'There are no custom fields yet',
		},
	},
} as const satisfies Parameter;

const titleLimit = 128;

async function relatedId(
	{ names }: Context,
	parameter: keyof typeof relations,
	locator: Locator,
	resolve: IdResolver,
): Promise<number> {
	const relation: Relation = relations[parameter];
	const reference = toReference(locator, relation.label);
	const [id] = relation.isCreatable
		? await resolve(relation.kind, [reference], parameter)
		: await names.ids(relation.kind, [reference], parameter);
	return id ?? 0;
}

/** A field whose expression yields nothing stays as it is. */
const isChosen = (locator: Locator | undefined): locator is Locator =>
	locator !== undefined && locator.value !== '';

/** Fields of a document in the server's words. */
export type FieldPatch = Omit<UploadDraft, 'custom_fields' | 'tags'> & { owner?: number | null };

/**
 * The title as the server stores it. Half a character would make a document with another title,
 * because an upload cannot carry it (docs/paperless-api.md#forbidden-characters).
 */
function checkedTitle(text: string): string {
	const title = trimmedText(text);
	const length = characterCount(title);
	if (length > titleLimit) {
		throw new PaperlessError('invalid', `“Title” has ${length} characters`, {
			description: `Paperless-ngx accepts at most ${titleLimit}. Shorten the title.`,
		});
	}
	if (!/\p{Surrogate}/u.test(title)) return title;
	throw new PaperlessError('invalid', '“Title” holds half a character', {
		description:
			'A text was cut in the middle of an emoji or another character that counts twice in JavaScript. Cut it between characters, as {{ Array.from(text).slice(0, 100).join("") }} does.',
	});
}

/**
 * The fields that the user has set, in the server's words. The server trims titles and takes blanks
 * for an empty title (docs/paperless-api.md#trimmed-texts), so blanks leave the title as it is.
 */
export async function patchFrom(
	context: Context,
	fields: DocumentFields,
	resolve: IdResolver,
): Promise<FieldPatch> {
	const { archiveSerialNumber, correspondent, created, documentType, owner, storagePath } = fields;
	const title = checkedTitle(fields.title ?? '');
	const idOf = (parameter: keyof typeof relations, locator: Locator) =>
		relatedId(context, parameter, locator, resolve);
	return {
		...(archiveSerialNumber !== undefined && { archive_serial_number: archiveSerialNumber }),
		...(isChosen(correspondent) && { correspondent: await idOf('correspondent', correspondent) }),
		...(created && { created: plainDate(created, 'Created', context.timeZone) }),
		...(isChosen(documentType) && { document_type: await idOf('documentType', documentType) }),
		...(isChosen(owner) && { owner: await idOf('owner', owner) }),
		...(isChosen(storagePath) && { storage_path: await idOf('storagePath', storagePath) }),
		...(title && { title }),
	};
}

/** The ids of tags given by name or id, each once. */
export async function tagIds(
	value: unknown,
	label: string,
	parameter: string,
	resolve: IdResolver,
): Promise<number[]> {
	return await resolve('tag', toReferences(value, label), parameter);
}

/** Values by field id, in the form of a document's `custom_fields`. */
export const fieldInstances = (values: Record<string, unknown>) =>
	Object.entries(values).map(([field, value]) => ({ field: Number(field), value }));
