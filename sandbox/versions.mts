import { enqueueVersion, versionUpload } from './consume.mts';
import { selected, selectionFields } from './documents.mts';
import { integer, text, validate, wrong } from './fields.mts';
import type { Field } from './fields.mts';
import { log } from './history.mts';
import { data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { rootOf, showVersion, versionsOf } from './versionRows.mts';
import { isFree, may, mayChange } from './permissions.mts';
import type { Document } from './store.mts';

const label = { check: text({ max: 64, blank: true }), nullable: true };

/** The document of the id in the path, which may be the id of a version. */
function rootFor(call: Call): Document {
	const row = call.store.documents.get(Number(call.params['id']));
	if (row?.deleted_at !== null) return detail(404, 'Not found.');
	const root = rootOf(call.store, row);
	return mayChange(root, call.user) ? root : refuse(403, 'Insufficient permissions');
}

function upload(call: Call): Reply {
	const root = rootFor(call);
	if (!may(call.store, call.user, 'change_document')) return plain(403, 'Insufficient permissions');
	const { request, values } = versionUpload(call, { version_label: label });
	const named = (values['version_label'] as string | undefined) || null;
	return ok(enqueueVersion(call, root, request, named).task_id);
}

function versionFor(call: Call): { root: Document; version: Document } {
	const root = rootFor(call);
	const id = Number(call.params['version']);
	const version = versionsOf(call.store, root).find((candidate) => candidate.id === id);
	return version ? { root, version } : detail(404, 'Not found.');
}

const logVersion = ({ store, user }: Call, root: Document, what: string, pair: unknown[]): void =>
	log(store, root, 'update', { [what]: pair }, user.id);

function rename(call: Call): Reply {
	const { root, version } = versionFor(call);
	const fields = { version_label: { ...label, required: true } };
	const values = validate(fields, data(call), call.store, false);
	const before = version.version_label;
	version.version_label = (values['version_label'] as string | null) || null;
	logVersion(call, root, 'Version Label', [before, version.version_label]);
	root.modified = call.store.now();
	return ok(showVersion(version));
}

function remove(call: Call): Reply {
	const { root, version } = versionFor(call);
	if (version === root) {
		return plain(400, 'Cannot delete the root/original version. Delete the document instead.');
	}
	version.deleted_at = call.store.now();
	version.deletedWith = null;
	logVersion(call, root, 'Version Deleted', ['None', version.id]);
	root.modified = call.store.now();
	const [newest] = versionsOf(call.store, root);
	return ok({ result: 'OK', current_version_id: newest?.id });
}

/** The documents of a merge and the one that they become versions of. */
function mergeFields(call: Call): { documents: Document[]; root: Document; named: string | null } {
	const { documents } = selectionFields(call.profile) as { documents: Field };
	const fields = {
		documents: { ...documents, required: true },
		root_document_id: { check: integer(), required: true },
		version_label: label,
	};
	const values = validate(fields, data(call), call.store, false);
	const chosen = selected(call, values);
	if (chosen.length < 2) wrong('At least two documents are required.');
	const root = chosen.find(({ id }) => id === values['root_document_id']);
	if (root === undefined) return wrong('root_document_id must be one of the selected documents.');
	if (chosen.some((row) => row.root !== null))
		wrong('Only top-level documents can be merged as versions.');
	if (chosen.some((row) => row !== root && row.versions.length > 0))
		wrong('Documents with existing versions cannot be merged into another document.');
	const named = (values['version_label'] as string | undefined) || null;
	if (named !== null && chosen.length > 2)
		wrong('version_label can only be used when merging one source document.');
	return { documents: chosen, root, named };
}

function merge(call: Call): Reply {
	const { store, user } = call;
	if (!store.settings.mergesAsVersions && !store.profile.like33)
		return detail(405, 'Method "POST" not allowed.');
	const { documents, root, named } = mergeFields(call);
	const rights = ['change_document', 'delete_document'];
	if (
		!rights.every((right) => may(store, user, right)) ||
		!documents.every((document) => isFree(document, user))
	) {
		return plain(403, 'Insufficient permissions');
	}
	const sources = documents.filter((document) => document !== root);
	for (const source of sources) {
		source.root = root.id;
		source.version_label = named ?? source.version_label;
		root.versions.push(source.id);
		root.archive_serial_number ??= source.archive_serial_number;
		source.archive_serial_number = null;
	}
	const ids = sources.map(({ id }) => id);
	log(store, root, 'update', { 'Merged As Versions': ['None', ids] }, user.id);
	root.modified = store.now();
	return ok({ result: 'OK' });
}

const since = 'documentVersions';
const model = 'document';

export const versionRoutes: Route[] = [
	{ path: 'documents/merge_as_versions/', since, parsers: ['json'], on: { POST: merge } },
	{
		path: 'documents/:id/update_version/',
		since,
		model,
		parsers: ['multipart'],
		on: { POST: upload },
	},
	{ path: 'documents/:id/versions/:version/', since, model, on: { PATCH: rename, DELETE: remove } },
];
