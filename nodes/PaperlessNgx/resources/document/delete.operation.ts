import { briefDocuments } from '../../../documents/briefDocuments';
import { deleteDocuments } from '../../../documents/edit/deleteDocuments';
import { documentIds, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import {
	accessUnlessDry,
	deletionNotice,
	dryDeletionParameter,
	notYetDeleted,
} from '../shared/dryRun';

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete document',
	description:
		'Move a document to the trash, where it can be restored until the server empties the trash',
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		documentParameter,
		deletionNotice('The document can be restored from the trash until the server empties it.'),
		dryDeletionParameter,
	],
	async executeAll({ api }, calls) {
		const ids = await documentIds(
			api,
			calls.map(({ values }) => values.document),
		);
		const idsOf = (dryRun: boolean) =>
			ids.filter(
				(id, at): id is number => typeof id === 'number' && calls[at]?.values.dryRun === dryRun,
			);
		const refusals = await deleteDocuments(api, idsOf(false));
		const foreseen = await briefDocuments(api, idsOf(true));
		return ids.map((id, at) => {
			if (typeof id !== 'number') return id;
			if (calls[at]?.values.dryRun !== true)
				return refusals.get(id) ?? [{ json: { deleted: true, id, in_trash: true } }];
			const facts = foreseen.get(id) ?? {};
			return facts instanceof Error ? facts : [{ json: notYetDeleted(facts) }];
		});
	},
});
