import { asError } from '../../../../api/errors';
import type { DocumentChanges } from '../../../../api/schemas/document';
import type { Context } from '../../../../toolkit/operation';
import { interrupted } from './refusalOf';
import type { Upload } from './sendUpload';
import { documentIdOf } from './sendUpload';

type Work = {
	changes: DocumentChanges;
	tags: number[];
	/** Values by field id */
	customFields: Record<string, unknown>;
	note: string;
};

/** What is left to set on a new document, and everything that was given on an existing one. */
function workOn({ draft, afterwards }: Upload, isNew: boolean): Work {
	const { custom_fields: instances = [], ...later } = afterwards.changes;
	const laterFields = Object.fromEntries(
		instances.map(({ field, value }) => [String(field), value]),
	);
	const { note } = afterwards;
	if (isNew) return { changes: later, tags: [], customFields: laterFields, note };
	const { tags = [], custom_fields: fields = {}, ...carried } = draft;
	return {
		changes: { ...carried, ...later },
		tags,
		customFields: { ...fields, ...laterFields },
		note,
	};
}

async function carryOut({ api }: Context, id: number, work: Work): Promise<void> {
	const { changes, tags, customFields, note } = work;
	if (Object.keys(changes).length > 0) await api.documents.update(id, changes);
	if (tags.length > 0) {
		const parameters = { add_tags: tags, remove_tags: [] };
		await api.documents.bulkEdit([id], { method: 'modify_tags', parameters });
	}
	if (Object.keys(customFields).length > 0) {
		const parameters = { add_custom_fields: customFields, remove_custom_fields: [] };
		await api.documents.bulkEdit([id], { method: 'modify_custom_fields', parameters });
	}
	if (note !== '') await api.notes.create(id, note);
}

/** Sets what the upload could not carry, or updates the existing document if the user asks for it. */
export async function finishUpload(context: Context, upload: Upload): Promise<Upload> {
	const { consumption, options } = upload;
	const id = documentIdOf(upload);
	const isNew = consumption.status === 'created';
	const isUpdate = consumption.status === 'duplicate' && options.onDuplicate === 'updateExisting';
	if (id === null || (!isNew && !isUpdate)) return upload;
	await carryOut(context, id, workOn(upload, isNew)).catch((thrown: unknown) => {
		throw interrupted(upload, asError(thrown));
	});
	return upload;
}
