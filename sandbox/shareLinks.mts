import { randomBytes } from 'node:crypto';
import { documentFor } from './documents.mts';
import { deliver, pack } from './files.mts';
import { choice, integer, list, reference, wrong } from './fields.mts';
import type { Check } from './fields.mts';
import { timeLookups } from './filters.mts';
import type { Filters } from './filters.mts';
import { crash, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { idParam, objectRoutes } from './objects.mts';
import type { Kind } from './objects.mts';
import { toLoginFor } from './pages.mts';
import { isFree, mayChange, maySee } from './permissions.mts';
import type { Document, ShareLink, ShareLinkBundle, Store } from './store.mts';
import { recordWork } from './tasks.mts';
import { instant, isoTime } from './times.mts';

const newSlug = (): string =>
	randomBytes(50).reduce((slug, byte) => slug + alphabet[byte % alphabet.length], '');

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const fileVersion = { check: choice('archive', 'original'), initial: () => 'archive' };

const times = <T extends { created: string; expiration: string | null }>(): Filters<T> => ({
	...timeLookups('created', (row: T) => row.created),
	...timeLookups('expiration', (row: T) => row.expiration),
});

const living = (store: Store, id: number): Document | undefined => {
	const document = store.documents.get(id);
	return document?.deleted_at === null ? document : undefined;
};

/** The id of a document outside the trash. */
const livingDocument: Check = (value, store) => {
	const id = reference('documents')(value, store);
	return typeof id === 'number' && !living(store, id)
		? wrong(`Invalid pk "${id}" - object does not exist.`)
		: id;
};

const showLink = (
	{ id, created, expiration, slug, document, file_version }: ShareLink,
	{ documents, profile }: Store,
) => ({
	id,
	created: isoTime(created),
	expiration: expiration && isoTime(expiration),
	slug,
	document,
	...(profile.like33 && { document_title: documents.get(document)?.title }),
	file_version,
});

const links: Kind<ShareLink> = {
	path: 'share_links/',
	model: 'sharelink',
	label: 'ShareLink',
	table: ({ store }) => store.share_links,
	filters: times(),
	sortings: () => ({
		created: (link) => link.created,
		expiration: (link) => link.expiration,
	}),
	defaultOrder: (a, b) => a.id - b.id,
	visible: (link, { store, user }) => isFree(link, user) && !!living(store, link.document),
	fields: () => ({
		document: { check: livingDocument },
		expiration: { check: instant, nullable: true, initial: () => null },
		file_version: fileVersion,
	}),
	prepare: (values, { store, profile, user }, existing): Partial<ShareLink> => {
		if (existing) return values;
		const document = store.documents.get(values['document'] as number) ?? crash();
		if (profile.createdIsDate && !maySee(document, user)) detail(403, 'Insufficient permissions.');
		return { ...values, slug: newSlug(), created: store.now(), owner: user.id };
	},
	show: (rows, { store }) => rows.map((link) => showLink(link, store)),
};

function linksOfDocument(call: Call): Reply {
	const { store, user } = call;
	const message = 'Insufficient permissions to add share link';
	const { id } = documentFor(call, (document) => mayChange(document, user), message);
	const lasting = store.share_links.filter(
		({ document, expiration }) => document === id && !isOver(store, expiration),
	);
	return ok(lasting.toReversed().map((link) => showLink(link, store)));
}

const isOver = (store: Store, expiration: string | null): boolean =>
	expiration !== null && expiration < store.now();

const documentIds: Check = (value, store) => {
	const ids = list(integer())(value, store) as number[];
	if (ids.length === 0) wrong('This list may not be empty.');
	if (new Set(ids).size < ids.length) wrong('Duplicate document identifiers are not allowed.');
	return ids;
};

const statuses = ['pending', 'processing', 'ready', 'failed'];
const day = 24 * 60 * 60 * 1000;

const bundles: Kind<ShareLinkBundle> = {
	path: 'share_link_bundles/',
	model: 'sharelinkbundle',
	label: 'ShareLinkBundle',
	table: ({ store }) => store.share_link_bundles,
	filters: {
		...times(),
		status: (value) =>
			statuses.includes(value)
				? ({ status }) => status === value
				: wrong(`Select a valid choice. ${value} is not one of the available choices.`),
		documents: (value) => {
			const wanted = value.split(',').map(Number);
			return ({ documents }) => documents.some((id) => wanted.includes(id));
		},
	},
	sortings: () => ({
		created: (bundle) => bundle.created,
		expiration: (bundle) => bundle.expiration,
		status: (bundle) => bundle.status,
	}),
	defaultOrder: (a, b) => a.id - b.id,
	visible: (bundle, { user }) => isFree(bundle, user),
	fields: (_, existing) => ({
		...(!existing && {
			document_ids: { check: documentIds, required: true },
			expiration_days: { check: integer({ min: 1 }), nullable: true, initial: () => null },
		}),
		file_version: fileVersion,
	}),
	prepare: (values, { store, user }, existing): Partial<ShareLinkBundle> => {
		if (existing) return values;
		const { document_ids: ids, expiration_days: days, file_version } = values;
		const missing = (ids as number[]).filter((id) => !living(store, id));
		if (missing.length > 0)
			refuse(400, { document_ids: `Documents not found: ${missing.join(', ')}` });
		const hidden = (ids as number[]).find(
			(id) => !maySee(store.documents.get(id) ?? crash(), user),
		);
		if (hidden !== undefined)
			refuse(400, { document_ids: `Insufficient permissions to share document ${hidden}.` });
		const end = new Date(store.date().getTime() + Number(days) * day).toISOString();
		return {
			created: store.now(),
			expiration: days === null ? null : end.replace('Z', '137Z'),
			slug: newSlug(),
			file_version,
			documents: ids,
			owner: user.id,
			...unbuilt,
		} as Partial<ShareLinkBundle>;
	},
	saved: (bundle, { store }, before) => {
		if (before === undefined) build(store, bundle);
	},
	show: (rows) => rows.map(showBundle),
};

const unbuilt = { status: 'pending', size: null, built: null } as const;

const showBundle = (bundle: ShareLinkBundle) => ({
	id: bundle.id,
	created: isoTime(bundle.created),
	expiration: bundle.expiration && isoTime(bundle.expiration),
	slug: bundle.slug,
	file_version: bundle.file_version,
	status: bundle.status,
	size_bytes: bundle.size,
	last_error: null,
	built_at: bundle.built,
	documents: bundle.documents,
	document_count: bundle.documents.length,
});

const buildSeconds = 0.1;

function build(store: Store, bundle: ShareLinkBundle): void {
	Object.assign(bundle, unbuilt);
	store.queue.add(async () => {
		await store.queue.pass(buildSeconds);
		bundle.size = zipOf(store, bundle).length;
		bundle.built = store.now();
		bundle.status = 'ready';
		recordWork(store, 'build_share_link');
	});
}

const zipOf = (store: Store, { documents, file_version: version }: ShareLinkBundle): Uint8Array => {
	const rows = documents.flatMap((id) => living(store, id) ?? []);
	return pack(store, rows, version === 'archive' ? 'archive' : 'originals', false, true);
};

function rebuild(call: Call): Reply {
	const bundle = call.store.share_link_bundles.get(idParam(call.params['id'] ?? ''));
	if (!bundle || !isFree(bundle, call.user))
		return detail(404, 'No ShareLinkBundle matches the given query.');
	build(call.store, bundle);
	return ok(showBundle(bundle));
}

/** The reply to everyone who knows a slug. */
export function sharedFile(store: Store, slug: string): Reply {
	const { documentVersions } = store.profile;
	const link = store.share_links.find((row) => row.slug === slug);
	const bundle = store.share_link_bundles.find((row) => row.slug === slug);
	const document = link && living(store, link.document);
	if (document === undefined && bundle === undefined) return toLoginFor('sharelink_notfound=1');
	if (isOver(store, (link ?? bundle)?.expiration ?? null)) return toLoginFor('sharelink_expired=1');
	if (link && document) {
		const wantsArchive = link.file_version === 'archive';
		if (wantsArchive && !document.archive && !documentVersions) return crash();
		return deliver(store, document, wantsArchive && document.archive ? 'archive' : 'original');
	}
	if (bundle?.status !== 'ready')
		return plain(202, 'The share link bundle is still being prepared. Please try again later.');
	const name = `paperless-share-${slug.slice(0, 12)}.zip`;
	return {
		status: 200,
		binary: zipOf(store, bundle),
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename='${name}'; filename*=utf-8''${name}`,
		},
	};
}

/** Later servers do not allow changes to a link. */
const unchangeable = objectRoutes(links).map((route): Route => {
	const kept = Object.entries(route.on).filter(([method]) => !/PUT|PATCH/.test(method));
	return { ...route, since: 'createdIsDate', on: Object.fromEntries(kept) };
});

const model = 'document';

export const shareLinkRoutes: Route[] = [
	{ path: 'documents/:id/share_links/', model, on: { GET: linksOfDocument } },
	...unchangeable,
	...objectRoutes(links),
	...[
		...objectRoutes(bundles),
		{
			path: 'share_link_bundles/:id/rebuild/',
			model: 'sharelinkbundle',
			on: { POST: rebuild },
		},
	].map((route): Route => ({ ...route, since: 'documentVersions' })),
];
