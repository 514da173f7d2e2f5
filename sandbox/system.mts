import { detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { hasInboxTag, visibleDocuments } from './listing.mts';
import { compareKeys, groupedBy } from './objectList.mts';
import { forbidden, may, mayMonitor, maySee } from './permissions.mts';
import type { Owned } from './store.mts';
import { isoTime } from './times.mts';

function statistics(call: Call): Reply {
	const { store, user } = call;
	const documents = visibleDocuments(call);
	const inboxTags = store.tags
		.filter((tag) => tag.is_inbox_tag && maySee(tag, user))
		.map(({ id }) => id);
	const types = groupedBy(documents, ({ mime_type: type }) => type);
	const count = (model: string, table: { values(): Iterable<Owned> }): number =>
		may(store, user, `view_${model}`)
			? [...table.values()].filter((row) => maySee(row, user)).length
			: 0;
	const hasInbox = inboxTags.length > 0;
	return ok({
		documents_total: documents.length,
		documents_inbox: hasInbox
			? documents.filter((document) => hasInboxTag(store, document)).length
			: null,
		inbox_tag: inboxTags[0] ?? null,
		inbox_tags: hasInbox ? inboxTags : null,
		document_file_type_counts: [...types]
			.map(([type, { length }]) => ({ mime_type: type, mime_type_count: length }))
			.toSorted(
				(a, b) => b.mime_type_count - a.mime_type_count || compareKeys(b.mime_type, a.mime_type),
			),
		character_count:
			documents.length > 0 || store.profile.documentVersions
				? documents.reduce((sum, { content }) => sum + content.length, 0)
				: null,
		tag_count: count('tag', store.tags),
		correspondent_count: count('correspondent', store.correspondents),
		document_type_count: count('documenttype', store.document_types),
		storage_path_count: count('storagepath', store.storage_paths),
		current_asn: Math.max(
			0,
			...store.livingDocuments().map(({ archive_serial_number: asn }) => asn ?? 0),
		),
	});
}

function status(call: Call): Reply {
	const { store, profile } = call;
	if (!mayMonitor(call)) return plain(403, 'Insufficient permissions');
	const tasks = [...store.tasks.values()];
	const count = (...wanted: string[]) =>
		tasks.filter((task) => wanted.includes(task.status)).length;
	const never = (what: string) => ({
		[`${what}_status`]: 'WARNING',
		[what === 'classifier' ? 'classifier_last_trained' : 'sanity_check_last_run']: null,
		[`${what}_error`]: `No ${what.replace('_', ' ')}${what === 'classifier' ? ' training' : ''} tasks found`,
	});
	return ok({
		pngx_version: profile.name,
		server_os: 'Linux-6.1.0-x86_64-with-glibc2.36',
		install_type: 'bare-metal',
		storage: { total: store.settings.storageTotal, available: store.settings.storageAvailable },
		database: {
			type: 'sqlite',
			url: '/srv/paperless/data/db.sqlite3',
			status: 'OK',
			error: null,
			migration_status: {
				latest_migration: 'paperless_mail.0001_squashed',
				unapplied_migrations: [],
			},
		},
		tasks: {
			redis_url: 'redis://localhost:6379',
			redis_status: 'OK',
			redis_error: null,
			celery_status: store.settings.celeryStatus,
			celery_url: 'celery@sandbox',
			celery_error: null,
			index_status: 'OK',
			index_last_modified: isoTime(store.now()),
			index_error: null,
			...never('classifier'),
			...never('sanity_check'),
			...(profile.documentVersions && {
				llmindex_status: 'DISABLED',
				llmindex_last_modified: null,
				llmindex_error: null,
				summary: {
					days: 30,
					total_count: tasks.length,
					pending_count: count('pending', 'started'),
					success_count: count('success'),
					failure_count: count('failure'),
				},
			}),
		},
	});
}

/**
 * The sandbox does not ask the internet. By default it answers like a server without a connection.
 */
const remoteVersion = ({ store }: Call): Reply =>
	ok({
		version: store.settings.latestVersion,
		update_available: store.settings.latestVersion !== '0.0.0',
	});

/** The content of a log does not matter here, only that clients can read it. */
const logs: Record<string, string> = {
	paperless: '[paperless.asgi] [init] Paperless-ngx',
	celery: '[celery.worker] ready',
};

function requireStaff({ user }: Call): void {
	if (!user.is_staff) detail(403, forbidden);
}

function log({ params, query, store, profile }: Call): Reply {
	const line = logs[params['name'] ?? ''] ?? detail(404, 'Not found.');
	const limit = query.get('limit');
	if (profile.createdIsDate && limit !== undefined && !/^[1-9]\d*$/.test(limit))
		refuse(400, { limit: 'Must be a positive integer' });
	const time = store.now().slice(0, 23).replace('T', ' ').replace('.', ',');
	return ok(['started', 'ready', 'waiting'].map((what) => `[${time}] [INFO] ${line} ${what}`));
}

export const systemRoutes: Route[] = [
	{ path: 'statistics/', on: { GET: statistics } },
	{ path: 'logs/', before: requireStaff, on: { GET: () => ok(Object.keys(logs)) } },
	{ path: 'logs/:name/', before: requireStaff, on: { GET: log } },
	{ path: 'status/', on: { GET: status } },
	{ path: 'remote_version/', open: true, on: { GET: remoteVersion } },
];
