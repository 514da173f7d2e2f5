import type { Document, Store } from './store.mts';
import { recordWork } from './tasks.mts';
import { documentsUpdated, newestFirst } from './workflowRuns.mts';

/** The work of the server's queue after a bulk edit and after a change that moves files. */
export function updateInBulk(store: Store, documents: Document[], leavesTask = true): void {
	const { queue } = store;
	const update = (): void => {
		const shared = store.settings.bulkUpdateTies ? store.now() : undefined;
		documentsUpdated(store, documents);
		for (const document of newestFirst(documents)) store.save(document, shared);
		if (store.profile.tasksPaged && leavesTask) recordWork(store, 'bulk_update');
	};
	const { bulkUpdateSeconds } = store.settings;
	if (bulkUpdateSeconds === 0) update();
	else queue.add(() => queue.pass(bulkUpdateSeconds).then(update));
}

/** The same for all documents that match. */
export const updateAll = (store: Store, concerns: (document: Document) => boolean): void =>
	updateInBulk(store, store.livingDocuments().filter(concerns));
