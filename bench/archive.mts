import type { Sandbox } from '../test/support/sandbox.mts';

/** The contents of the sandbox at the start. */
export const archive = {
	documents: 10_000,
	correspondents: 300,
	documentTypes: 20,
	customFields: 4,
	tags: 50,
};

/** Makes 10,000 events: new documents, some of which enter the inbox. */
export const eventful = { added: 7000, inInbox: 3000 };

type Ids = { results: Array<{ id: number }> };

/** Deletes the tags that a case created. The floors fetch all tags, so these would slow down later cases. */
export async function deleteNewTags(sandbox: Sandbox): Promise<void> {
	const { results } = await sandbox.api<Ids>('GET', 'tags/?page_size=100000');
	const ids = results.map(({ id }) => id).toSorted((a, b) => a - b);
	await sandbox.api('POST', 'bulk_edit_objects/', {
		objects: ids.slice(archive.tags),
		object_type: 'tags',
		operation: 'delete',
	});
}

export async function documentIds(sandbox: Sandbox, query: string): Promise<number[]> {
	const { results } = await sandbox.api<Ids>('GET', `documents/?fields=id&${query}`);
	return results.map(({ id }) => id);
}

/** Puts every other new document into the inbox, because neighbors would compress into one range. */
export async function addEvents(sandbox: Sandbox): Promise<void> {
	await sandbox.seed({ documents: eventful.added });
	const tag = { name: 'Inbox', is_inbox_tag: true };
	const { id } = await sandbox.api<{ id: number }>('POST', 'tags/', tag);
	const newest = await documentIds(sandbox, `ordering=-id&page_size=${eventful.added}`);
	await sandbox.api('POST', 'documents/bulk_edit/', {
		documents: newest.filter((_, index) => index % 2 === 0 && index < 2 * eventful.inInbox),
		method: 'modify_tags',
		parameters: { add_tags: [id], remove_tags: [] },
	});
}

/** Gives every document a storage path. */
export async function setStoragePaths(sandbox: Sandbox): Promise<void> {
	const path = { name: 'By title', path: '{{ title }}' };
	const { id } = await sandbox.api<{ id: number }>('POST', 'storage_paths/', path);
	await sandbox.api('POST', 'documents/bulk_edit/', {
		documents: await documentIds(sandbox, 'page_size=100000'),
		method: 'set_storage_path',
		parameters: { storage_path: id },
	});
}
