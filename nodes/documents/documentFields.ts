import type { Kind, CreatableKind } from '../api/kinds';
import type { DocumentChanges } from '../api/schemas/document';
import { PaperlessError } from '../api/errors';
import { plainDate } from '../toolkit/dates';
import { oneOf } from '../toolkit/parameterBuilders';
import type { Context } from '../toolkit/operation';
import type { Locator, Parameter, ValuesOf } from '../toolkit/parameter';
import { toReference, toReferences } from '../toolkit/references';

/** Fields that Upload and Update have in common. */
export const documentFields = [
	{
		displayName: 'Archive Serial Number',
		name: 'archiveSerialNumber',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 4294967295, numberPrecision: 0 },
		default: 0,
		description: 'Number of the paper original; unique in the archive, its trash included',
	},
	oneOf('Correspondent', 'correspondent', 'searchCorrespondents', 'Water Works'),
	{
		displayName: 'Created',
		name: 'created',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2024-05-31',
		description: 'Date of the document itself; a time in it is dropped',
	},
	oneOf('Document Type', 'documentType', 'searchDocumentTypes', 'Invoice'),
	oneOf('Owner', 'owner', 'searchUsers', 'clara'),
	oneOf('Storage Path', 'storagePath', 'searchStoragePaths', 'By year'),
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoice May 2024',
		description: 'At most 128 characters',
	},
] as const satisfies readonly Parameter[];

export type DocumentFields = Partial<ValuesOf<typeof documentFields>>;

export const createIfMissing = {
	displayName: 'Create If Missing',
	name: 'createIfMissing',
	type: 'boolean',
	default: false,
	description:
		'Whether to create correspondents, document types and tags whose name does not exist yet',
} as const satisfies Parameter;

export const customFieldsParameter = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'Values for custom fields. Fields that are not set here stay as they are.',
	typeOptions: {
		resourceMapper: {
			resourceMapperMethod: 'mapCustomFields',
			mode: 'map',
			fieldWords: { singular: 'custom field', plural: 'custom fields' },
			addAllFields: false,
			supportAutoMap: false,
			multiKeyMatch: false,
			noFieldsError: 'There are no custom fields yet',
		},
	},
} as const satisfies Parameter;

const titleLimit = 128;

async function resolve(
	{ names }: Context,
	kind: Kind,
	locator: Locator,
	label: string,
	create: boolean,
	parameter: string = kind,
): Promise<number> {
	const reference = toReference(locator, label);
	const creatable: readonly string[] = ['correspondent', 'documentType', 'tag'];
	return create && creatable.includes(kind)
		? await names.idOrCreate(kind as CreatableKind, reference, parameter)
		: await names.id(kind, reference, parameter);
}

/** What the user has set, in the server's words. Names become ids; with `create` new ones are made. */
export async function changesFrom(
	context: Context,
	fields: DocumentFields,
	create: boolean,
): Promise<DocumentChanges> {
	const { archiveSerialNumber, correspondent, created, documentType, owner, storagePath, title } =
		fields;
	if (title !== undefined && title.length > titleLimit) {
		throw new PaperlessError('invalid', `“Title” has ${title.length} characters`, {
			description: `Paperless-ngx takes ${titleLimit} at most. Shorten it.`,
		});
	}
	return {
		...(archiveSerialNumber !== undefined && { archive_serial_number: archiveSerialNumber }),
		...(correspondent && {
			correspondent: await resolve(
				context,
				'correspondent',
				correspondent,
				'Correspondent',
				create,
			),
		}),
		...(created && { created: plainDate(created, 'Created') }),
		...(documentType && {
			document_type: await resolve(context, 'documentType', documentType, 'Document Type', create),
		}),
		...(owner && { owner: await resolve(context, 'user', owner, 'Owner', false, 'owner') }),
		...(storagePath && {
			storage_path: await resolve(context, 'storagePath', storagePath, 'Storage Path', false),
		}),
		...(title && { title }),
	};
}

export async function tagIds(
	{ names }: Context,
	value: unknown,
	label: string,
	create: boolean,
	parameter: string,
): Promise<number[]> {
	const references = toReferences(value, label);
	if (!create) return await names.ids('tag', references, parameter);
	const ids = await Promise.all(
		references.map(async (reference) => await names.idOrCreate('tag', reference, parameter)),
	);
	return [...new Set(ids)];
}

/** Values by field id in the form that a document holds them. */
export const fieldInstances = (values: Record<string, unknown>) =>
	Object.entries(values).map(([field, value]) => ({ field: Number(field), value }));
