import type { UploadDraft } from '../../../../api/documentFiles';
import { PaperlessError } from '../../../../api/errors';
import type { DocumentChanges, Permissions } from '../../../../api/schemas/document';
import type { SkippedValues } from '../../../../documents/encodeCustomFields';
import { encodeCustomFields } from '../../../../documents/encodeCustomFields';
import type { FieldPatch } from '../../../../documents/documentFields';
import { fieldInstances, patchFrom, tagIds } from '../../../../documents/documentFields';
import { creationFrom } from '../../../../documents/ownerOfCreated';
import type { PlannedNames } from '../../../../documents/edit/plannedNames';
import type { InputFile } from '../../../../toolkit/files';
import type { ItemCall, Context } from '../../../../toolkit/operation';
import { clearedFrom } from '../../capabilities/clearParameter';
import { clearableOwner, ownerIn } from '../../shared/ownerField';
import { permissionsFrom } from '../../shared/permissions';
import { writtenFile } from '../../shared/writtenFile';
import { checkLinks, linksIn } from './checkLinks';
import type { NewNames } from './newNames';
import type { UploadValues } from './uploadParameters';

type PlannedFields = {
	/** What the upload carries */
	draft: UploadDraft;
	/** What is set once the document exists, because the upload cannot carry it */
	afterwards: { changes: DocumentChanges; note: string };
};

/** A file of an input item, with everything that is to be set on its document. */
export type PlannedUpload = PlannedFields & {
	itemIndex: number;
	file: InputFile;
	options: UploadValues['options'];
	/** Whether to wait until the server has consumed the file */
	wait: boolean;
	skipped: SkippedValues;
	/** Names that the draft needs and that do not exist yet */
	missingNames?: NewNames;
	/** The same, once they were created */
	createdNames?: NewNames;
};

/** The names of the fields that are set after consumption. */
export const fieldsAfterwards = ({
	afterwards: { changes, note },
}: Pick<PlannedFields, 'afterwards'>): string[] => [
	...Object.keys(changes),
	...(note === '' ? [] : ['note']),
];

/**
 * The server renders titles as templates (docs/paperless-api.md#upload-titles) and truncates them
 * to 127 characters.
 */
const arrivesUnchanged = (title: string) => title.length <= 127 && !/[{}]/.test(title);

type ResolvedFields = {
	patch: FieldPatch;
	tags: number[];
	/** Values by field id */
	customFields: Record<string, unknown>;
	permissions: Permissions | undefined;
	note: string;
};

/** Splits the fields into those that the upload carries and those that are set afterwards. */
export function splitFields(
	{ patch, tags, customFields, permissions, note }: ResolvedFields,
	server: { takesCustomFields: boolean; linkFields?: readonly number[] },
): PlannedFields {
	const { owner, title, ...rest } = patch;
	const titleNow = title !== undefined && arrivesUnchanged(title);
	// An upload makes no links back, so links are set afterwards (docs/paperless-api.md#links-back).
	const isCarried = (id: string) =>
		server.takesCustomFields && !server.linkFields?.includes(Number(id));
	const entries = Object.entries(customFields);
	const fieldsNow = Object.fromEntries(entries.filter(([id]) => isCarried(id)));
	const fieldsLater = Object.fromEntries(entries.filter(([id]) => !isCarried(id)));
	return {
		draft: {
			...rest,
			...(titleNow && { title }),
			...(tags.length > 0 && { tags }),
			...(Object.keys(fieldsNow).length > 0 && { custom_fields: fieldsNow }),
		},
		afterwards: {
			changes: {
				...(title !== undefined && !titleNow && { title }),
				...(owner !== undefined && { owner }),
				...(permissions && { set_permissions: permissions }),
				...(Object.keys(fieldsLater).length > 0 && { custom_fields: fieldInstances(fieldsLater) }),
			},
			note,
		},
	};
}

async function inputFiles(
	{ files }: Context,
	{ itemIndex, values: { input, inputDataFieldName, ...written } }: ItemCall<UploadValues>,
): Promise<InputFile[]> {
	if (input !== 'binary') return [writtenFile({ input, ...written })];
	const wanted = inputDataFieldName
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	const names = new Set(wanted.length > 0 ? wanted : files.names(itemIndex));
	const found: InputFile[] = [];
	for (const name of names) found.push(await files.read(itemIndex, name));
	const empty = found.find(({ size }) => size === 0);
	if (found.length > 0 && !empty) return found;
	throw new PaperlessError(
		'invalid',
		empty ? `The file “${empty.fileName}” is empty` : 'The input has no file',
		{
			description: 'Add a node that outputs a file before this one, and check its output.',
			parameter: 'inputDataFieldName',
		},
	);
}

/** The owner that is set, or nobody where it is cleared. */
async function ownerOf(
	context: Context,
	{ owner, clear = [] }: UploadValues['additionalFields'],
): Promise<{ owner?: number | null }> {
	const set = await ownerIn(context, { ...(owner && { owner }) });
	return { ...set, ...clearedFrom(clearableOwner, clear, set) };
}

/** Fields by which an item identifies its document, so the document has them in any case. */
export type IdentifyingFields = {
	patch?: Pick<FieldPatch, 'archive_serial_number'>;
	/** Values by field id */
	customFields?: Record<string, unknown>;
};

/** The fields of an item and those that identify its document, which must not contradict them. */
function identified<Fields extends object>(
	given: Fields,
	identifying: Partial<Fields> | undefined,
	parameter: string,
): Fields {
	for (const [name, value] of Object.entries(identifying ?? {})) {
		const other: unknown = Object.hasOwn(given, name) ? given[name as keyof Fields] : value;
		if (JSON.stringify(other) === JSON.stringify(value)) continue;
		throw new PaperlessError(
			'invalid',
			'The document is to be found by one value and to get another',
			{
				description: `It is found by ${JSON.stringify(value)} and would get ${JSON.stringify(other)}. Remove the field from “${parameter === 'customFields' ? 'Custom Fields' : 'Additional Fields'}”.`,
				parameter,
			},
		);
	}
	return { ...given, ...identifying };
}

const isPlanned = (id: number | null | undefined): id is number => typeof id === 'number' && id < 0;

/** The files of an item as uploads. Invalid values are rejected here, before anything is sent. */
export async function planUploads(
	context: Context,
	names: PlannedNames,
	call: ItemCall<UploadValues>,
	identifying: IdentifyingFields = {},
): Promise<PlannedUpload[]> {
	const { itemIndex, values } = call;
	const { additionalFields, options, waitForConsumption: wait } = values;
	const permissions = await permissionsFrom(context, values.permissions);
	const owner = await ownerOf(context, additionalFields);
	const creation = creationFrom(options);
	// The document of an upload does not exist yet, but who will own it is known.
	const asDocument = { ...owner, ...(permissions && { set_permissions: permissions }) };
	const resolve = names.resolver(creation === 'asDocument' ? asDocument : creation);
	const files = await inputFiles(context, call);
	const server = await context.api.currentServer();
	const [given, tags, { set, skipped }] = await Promise.all([
		patchFrom(context, additionalFields, resolve),
		tagIds(additionalFields.tags, 'Tag Names or IDs', 'tags', resolve),
		encodeCustomFields(context, values.customFields, options),
	]);
	const fixed = identified<FieldPatch>(given, identifying.patch, 'additionalFields');
	const patch: FieldPatch = { ...fixed, ...owner };
	const customFields = identified(set, identifying.customFields, 'customFields');
	const links = await linksIn(context, customFields);
	await checkLinks(context, links);
	const fields = splitFields(
		// A note of blanks would be made, and say nothing.
		{ patch, tags, customFields, permissions, note: (additionalFields.note ?? '').trim() },
		{ takesCustomFields: server.has('customFieldValuesAtUpload'), linkFields: [...links.keys()] },
	);
	const later = fieldsAfterwards(fields);
	if (!wait && later.length > 0) {
		throw new PaperlessError('invalid', 'Some fields can only be set once the document exists', {
			description: `Switch on “Wait for Consumption”, or leave out: ${later.join(', ')}.`,
		});
	}
	const { correspondent, document_type: type } = patch;
	const missing = [correspondent, type, ...tags].filter(isPlanned);
	const missingNames = missing.length > 0 && { missingNames: { names, ids: missing } };
	return files.map((file) => ({
		itemIndex,
		file,
		options,
		wait,
		skipped,
		...missingNames,
		...fields,
	}));
}
