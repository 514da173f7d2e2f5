import { logTrash } from './history.mts';
import { detail } from './http.mts';
import type { Call } from './http.mts';
import type { Document, Store } from './store.mts';
import { isoTime } from './times.mts';

/** Versions are rows of the document table. They point to the first version, the root. */
export const rootOf = (store: Store, row: Document): Document =>
	row.root === null ? row : (store.documents.get(row.root) as Document);

/** Newest first. The root is the oldest version and always exists. */
export function versionsOf(store: Store, root: Document): Document[] {
	const others = root.versions.map((id) => store.documents.get(id));
	return [root, ...others]
		.filter((row): row is Document => row === root || row?.deleted_at === null)
		.toReversed();
}

/** All versions go to the trash with the document. */
export function trash(store: Store, document: Document): void {
	const versions = versionsOf(store, document);
	for (const version of versions.toReversed()) {
		version.deleted_at = store.now();
		version.deletedWith = document.id;
	}
	logTrash(store, document);
}

/** Before 3.2, a bulk edit deletes the versions once more by themselves, so that nothing ties them to the root. */
export function trashInBulk(store: Store, document: Document): void {
	const versions = versionsOf(store, document);
	trash(store, document);
	if (store.profile.like33) return;
	for (const version of versions) {
		if (version === document) continue;
		version.deleted_at = store.now();
		version.deletedWith = null;
	}
}

export const newestVersion = (store: Store, root: Document): Document =>
	versionsOf(store, root)[0] ?? root;

/** The version in `version=`, which may be deleted. By default the newest version. */
export function askedVersion({ store, profile, query }: Call, root: Document): Document {
	const asked = query.filled('version');
	if (!profile.documentVersions || asked === undefined) return newestVersion(store, root);
	if (!/^\d+$/.test(asked)) return detail(404, 'Invalid version parameter');
	const id = Number(asked);
	if (id !== root.id && !root.versions.includes(id)) return detail(404, 'Not found.');
	return store.documents.get(id) ?? detail(404, 'Not found.');
}

export const showVersion = ({ id, added, version_label, original, root }: Document): object => ({
	id,
	added: isoTime(added),
	version_label,
	checksum: original.checksum,
	is_root: root === null,
});
