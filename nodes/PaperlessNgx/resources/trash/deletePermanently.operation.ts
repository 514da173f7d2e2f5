import { PaperlessError } from '../../../api/errors';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { accessUnlessDry, deletionNotice, dryDeletionParameter } from '../shared/dryRun';
import { foreseeEmptying } from './foreseeEmptying';
import { afterwards, rowsWithVersions, sendToTrash } from './sendToTrash';
import { trashedDocumentParameter } from './trashedDocumentParameter';

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
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		trashedDocumentParameter,
		deletionNotice('This cannot be undone. The document is lost, with its files and versions.'),
		dryDeletionParameter,
	],
	async executeAll({ api }, calls) {
		const textsOf = (dryRun: boolean) =>
			calls.filter(({ values }) => values.dryRun === dryRun).map(({ values }) => values.documentId);
		const texts = textsOf(false);
		const before = await rowsWithVersions(api);
		const foreseen = await foreseeEmptying(api, textsOf(true));
		const { results, accepted } = await sendToTrash(api, 'empty', texts, before, (id) =>
			before.versionsOf(id),
		);
		const left = accepted.length > 0 ? await api.trash.rows().catch(afterwards) : [];
		const leftIds = new Set(
			left instanceof Error ? [] : left.flatMap((row) => [row.id, row.root_document]),
		);
		return calls.map(({ values: { documentId: text, dryRun } }): Outcome => {
			if (dryRun) return foreseen.get(text) ?? [];
			const id = results.get(text);
			if (typeof id !== 'number') return id as Error;
			if (left instanceof Error) return left;
			return leftIds.has(id) ? stillThere(id) : [{ json: { deleted: true, id } }];
		});
	},
});
