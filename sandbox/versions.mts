import { enqueueVersion, versionUpload } from './consume.mts';
import { text, validate } from './fields.mts';
import { log } from './history.mts';
import { data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { rootOf, showVersion, versionsOf } from './versionRows.mts';
import { mayChange } from './permissions.mts';
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

const since = 'documentVersions';
const model = 'document';

export const versionRoutes: Route[] = [
	{
		path: 'documents/:id/update_version/',
		since,
		model,
		parsers: ['multipart'],
		on: { POST: upload },
	},
	{ path: 'documents/:id/versions/:version/', since, model, on: { PATCH: rename, DELETE: remove } },
];
