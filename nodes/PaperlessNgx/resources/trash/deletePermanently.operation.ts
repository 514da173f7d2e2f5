import { PaperlessError } from '../../../api/errors';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { afterwards, rowsWithVersions, sendToTrash } from './sendToTrash';
import { trashedDocumentParameter } from './trashedDocumentParameter';
import { versionsOf } from './versionsOf';

const stillThere = (id: number) =>
	new PaperlessError('unexpectedReply', `Document ${id} was not deleted permanently`, {
		description: 'Paperless-ngx accepted the request, but the document is still in the trash.',
		parameter: 'documentId',
	});

export const deletePermanently = defineOperation({
	value: 'deletePermanently',
	name: 'Delete Permanently',
	action: 'Delete document in trash permanently',
	description:
		'Permanently delete a document that is in the trash, with its files; this cannot be undone',
	access: 'write',
	parameters: [trashedDocumentParameter],
	async executeAll({ api }, calls) {
		const texts = calls.map(({ values }) => values.documentId);
		const before = await rowsWithVersions(api);
		const { results, accepted } = await sendToTrash(api, 'empty', texts, before, (id) =>
			versionsOf(before, id),
		);
		const left = accepted.length > 0 ? await api.trash.rows().catch(afterwards) : [];
		const isLeft = (id: number) =>
			!(left instanceof Error) && left.some((row) => row.id === id || row.root_document === id);
		return texts.map((text): Outcome => {
			const id = results.get(text);
			if (typeof id !== 'number') return id as Error;
			if (left instanceof Error) return left;
			return isLeft(id) ? stillThere(id) : [{ json: { deleted: true, id } }];
		});
	},
});
