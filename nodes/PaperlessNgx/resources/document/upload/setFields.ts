import type { PaperlessClient } from '../../../../api/paperlessClient';
import type { Document } from '../../../../api/schemas/document';
import type { Difference } from './differenceFrom';

/**
 * Writes a difference. Returns the document as the server confirmed it, where it did: bulk edits
 * confirm nothing.
 */
export async function setFields(
	api: PaperlessClient,
	id: number,
	{ values, tags, customFields, permissions, note }: Difference,
): Promise<Document | undefined> {
	let confirmed: Document | undefined;
	if (Object.keys(values).length > 0 || permissions) {
		const changes = { ...values, ...(permissions && { set_permissions: permissions }) };
		confirmed = await api.documents.update(id, changes);
	}
	if (tags.length > 0) {
		const parameters = { add_tags: tags, remove_tags: [] };
		await api.documents.bulkEdit([id], { method: 'modify_tags', parameters });
	}
	if (Object.keys(customFields).length > 0) {
		// Links back are made by this edit and not by an upload (docs/paperless-api.md#links-back).
		const parameters = { add_custom_fields: customFields, remove_custom_fields: [] };
		await api.documents.bulkEdit([id], { method: 'modify_custom_fields', parameters });
	}
	if (note !== '') await api.notes.create(id, note);
	return confirmed;
}
