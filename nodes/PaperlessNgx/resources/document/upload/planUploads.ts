import type { UploadDraft } from '../../../../api/documents';
import { PaperlessError } from '../../../../api/errors';
import type { DocumentChanges } from '../../../../api/schemas/document';
import type { InputFile } from '../../../../toolkit/files';
import type { Call, Context } from '../../../../toolkit/operation';
import { permissionsFrom } from '../../shared/permissions';
import { encodeCustomFields } from '../../../../documents/customFields';
import { changesFrom, fieldInstances, tagIds } from '../../../../documents/documentFields';
import type { UploadValues } from './uploadParameters';

/** What is set once the document exists, because the upload cannot carry it. */
type Afterwards = { changes: DocumentChanges; note: string };

/** One file to be sent, with all that is to become of it. */
export type Order = {
	itemIndex: number;
	options: UploadValues['options'];
	wait: boolean;
	file: InputFile;
	draft: UploadDraft;
	afterwards: Afterwards;
};

/** A title is a template for the server (trap 25), and cut after 127 characters (§3.5). */
const passesUnchanged = (title: string) => title.length <= 127 && !/[{}]/.test(title);

/** The names of what is still to be set after consumption. */
export const openWork = ({
	afterwards: { changes, note },
}: Pick<Order, 'afterwards'>): string[] => [
	...Object.keys(changes),
	...(note === '' ? [] : ['note']),
];

async function filesOf(
	{ files }: Context,
	itemIndex: number,
	wanted: string,
): Promise<InputFile[]> {
	const asked = wanted
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	const names = asked.length > 0 ? asked : files.names(itemIndex);
	const found = await Promise.all(names.map(async (name) => await files.read(itemIndex, name)));
	const empty = found.find(({ size }) => size === 0);
	if (found.length > 0 && !empty) return found;
	throw new PaperlessError(
		'invalid',
		empty ? `The file “${empty.fileName}” is empty` : 'The input has no file',
		{
			description: 'Let a node that yields a file come before this one, and check what it yields.',
			parameter: 'inputDataFieldName',
		},
	);
}

/** The files of an item as orders. All that can be wrong with them is found before anything is sent. */
export async function ordersFor(context: Context, call: Call<UploadValues>): Promise<Order[]> {
	const { itemIndex, values } = call;
	const { additionalFields, customFields, options, permissions, waitForConsumption: wait } = values;
	const create = options.createIfMissing ?? false;
	const files = await filesOf(context, itemIndex, values.inputDataFieldName);
	const server = await context.api.server();
	const [{ owner, title, ...changes }, tags, fields, grants] = await Promise.all([
		changesFrom(context, additionalFields, create),
		tagIds(context, additionalFields.tags, 'Tag Names or IDs', create, 'tags'),
		encodeCustomFields(context, customFields),
		permissionsFrom(context, permissions),
	]);
	const hasFields = Object.keys(fields).length > 0;
	const fieldsAtUpload = server.has('customFieldValuesAtUpload');
	const titleAtUpload = title !== undefined && passesUnchanged(title);
	const draft = {
		...changes,
		...(titleAtUpload && { title }),
		...(tags.length > 0 && { tags }),
		...(hasFields && fieldsAtUpload && { custom_fields: fields }),
	} as UploadDraft;
	const afterwards: Afterwards = {
		changes: {
			...(title !== undefined && !titleAtUpload && { title }),
			...(owner !== undefined && { owner }),
			...(grants && { set_permissions: grants }),
			...(hasFields && !fieldsAtUpload && { custom_fields: fieldInstances(fields) }),
		},
		note: additionalFields.note ?? '',
	};
	const later = openWork({ afterwards });
	if (!wait && later.length > 0) {
		throw new PaperlessError('invalid', 'Some fields can only be set once the document exists', {
			description: `Switch on “Wait for Consumption”, or leave out: ${later.join(', ')}.`,
		});
	}
	return files.map((file) => ({ itemIndex, options, wait, file, draft, afterwards }));
}
