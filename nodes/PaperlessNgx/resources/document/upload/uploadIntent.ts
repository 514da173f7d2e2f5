import type { DocumentChanges, Permissions } from '../../../../api/schemas/document';
import type { PlannedUpload } from './planUploads';

/** Everything that an item asks of its document, in ids and in the values of the server. */
export type UploadIntent = {
	values: Omit<DocumentChanges, 'content' | 'custom_fields' | 'set_permissions' | 'tags'>;
	/** Tags to have besides others */
	tags: number[];
	/** Values by field id, to have besides others */
	customFields: Record<string, unknown>;
	/** Lists that are left out stay as they are */
	permissions: Permissions | undefined;
	/** Empty for none */
	note: string;
};

/** What the upload carried, and what it could not carry. */
export function uploadIntent({
	draft,
	afterwards,
}: Pick<PlannedUpload, 'afterwards' | 'draft'>): UploadIntent {
	const { tags = [], custom_fields: carried = {}, ...values } = draft;
	const {
		custom_fields: instances = [],
		set_permissions: permissions,
		...later
	} = afterwards.changes;
	const fields = instances.map(({ field, value }) => [String(field), value] as const);
	return {
		values: { ...values, ...later },
		tags,
		customFields: { ...carried, ...Object.fromEntries(fields) },
		permissions,
		note: afterwards.note,
	};
}
