import { selected, selectionFields } from './documents.mts';
import { boolean, choice, validate } from './fields.mts';
import type { Field } from './fields.mts';
import { Refusal, crash, data, detail, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { compareKeys } from './objectList.mts';
import { renderPath } from './pathTemplate.mts';
import { maySee } from './permissions.mts';
import type { Document, Store } from './store.mts';
import { askedVersion, rootOf } from './versionRows.mts';
import { zip } from './zip.mts';
import type { ZipEntry } from './zip.mts';

const endings: Record<string, string> = {
	'application/pdf': '.pdf',
	'image/png': '.png',
	'image/jpeg': '.jpg',
	'image/tiff': '.tiff',
	'image/gif': '.gif',
	'image/bmp': '.bmp',
	'image/webp': '.webp',
	'text/plain': '.txt',
	'text/csv': '.csv',
};

export type Rendition = 'original' | 'archive';

export const endingOf = (document: Document, rendition: Rendition): string =>
	rendition === 'archive' ? '.pdf' : (endings[document.mime_type] ?? '');

/** The name under which a browser saves the file. */
export function publicName(store: Store, document: Document, rendition: Rendition): string {
	const correspondent = store.correspondents.get(document.correspondent)?.name;
	const parts = [document.created.slice(0, 10), correspondent, document.title];
	const name = parts
		.filter((part) => part)
		.join(' ')
		.replace(/[/\\"]/g, '-');
	return `${name}${endingOf(document, rendition)}`;
}

/** The name on the server's disk. */
export function storedName(store: Store, document: Document, rendition: Rendition): string {
	const template = store.storage_paths.get(document.storage_path)?.path;
	const path = template === undefined ? null : renderPath(store, document, template);
	const root = rootOf(store, document);
	const version = root.versions.indexOf(document.id) + 1;
	const number = `${String(root.id).padStart(7, '0')}${version > 0 ? `_v${version}` : ''}`;
	return `${path ?? number}${endingOf(document, rendition)}`;
}

function disposition(kind: 'attachment' | 'inline', name: string): string {
	const ascii = name
		.normalize('NFKD')
		.replace(/[^\x20-\x7e]/g, '')
		.replaceAll(',', '_');
	const escaped = encodeURIComponent(name)
		.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%2F', '/');
	return `${kind}; filename="${ascii}"; filename*=utf-8''${escaped}`;
}

/** One white pixel, because the sandbox does not draw thumbnails. */
const thumbnail = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');

function named(call: Call): Document {
	const text = call.params['id'] ?? '';
	if (!/^\d+$/.test(text)) return crash();
	return call.store.documents.get(Number(text)) ?? detail(404, 'Not found.');
}

/** The row of the named version. For the document itself, the row of its newest version. */
function served(call: Call): Document {
	const row = named(call);
	return row.root === null ? askedVersion(call, row) : row;
}

function requested(call: Call): Document {
	if (!maySee(rootOf(call.store, named(call)), call.user)) refuse(403, 'Insufficient permissions');
	return served(call);
}

function send(call: Call, kind: 'attachment' | 'inline'): Reply {
	const document = requested(call);
	const archived = document.archive !== null && call.query.get('original') !== 'true';
	const rendition: Rendition = archived ? 'archive' : 'original';
	if (document[rendition]?.isLost) detail(404, 'Not found.');
	const byPath =
		kind === 'attachment' &&
		call.profile.documentVersions &&
		call.query.filled('follow_formatting');
	const name = byPath ? storedName(call.store, document, rendition) : undefined;
	return deliver(call.store, document, rendition, kind, name);
}

export function deliver(
	store: Store,
	document: Document,
	rendition: Rendition,
	kind: 'attachment' | 'inline' = 'inline',
	name = publicName(store, document, rendition),
): Reply {
	const type =
		kind === 'inline' && document.mime_type === 'text/csv' ? 'text/plain' : document.mime_type;
	const isText = type.startsWith('text/') && store.profile.like33;
	const text = isText ? `${type}; charset=utf-8` : type;
	return {
		status: 200,
		binary: document[rendition]?.bytes ?? new Uint8Array(),
		headers: {
			'content-type': rendition === 'archive' ? 'application/pdf' : text,
			'content-disposition': disposition(kind, name),
		},
	};
}

interface Validators {
	etag?: string | undefined;
	modified: string;
}

/**
 * Adds the validators to every answer, even to a refusal. Answers 304 if the client has the file.
 */
function conditional(call: Call, { etag, modified }: Validators, answer: () => Reply): Reply {
	const tag = call.headers['if-none-match'];
	const since = call.headers['if-modified-since'];
	const day = new Date(`${modified.slice(0, 19)}Z`).toUTCString();
	const headers = {
		'last-modified': day,
		...(etag !== undefined && { etag: `"${etag}"` }),
	};
	const known =
		tag === undefined || etag === undefined
			? since !== undefined && Date.parse(String(since)) >= Date.parse(day)
			: String(tag).includes(`"${etag}"`);
	try {
		const reply = known ? { status: 304 } : answer();
		return { ...reply, headers: { ...reply.headers, ...headers } };
	} catch (error) {
		if (error instanceof Refusal && error.reply.status === 403) return { ...error.reply, headers };
		throw error;
	}
}

/** Documents in the trash have no validators. */
const cached =
	(validators: (document: Document, call: Call) => Validators, answer: (call: Call) => Reply) =>
	(call: Call): Reply => {
		const document = served(call);
		const reply =
			document.deleted_at === null
				? conditional(call, validators(document, call), () => answer(call))
				: answer(call);
		return { ...reply, headers: { 'cache-control': 'no-cache', ...reply.headers } };
	};

const preview = cached(
	({ original, archive, modified }, { query }) => ({
		etag: (query.get('original') === 'true' ? original : archive)?.checksum,
		modified,
	}),
	(call) => send(call, 'inline'),
);

const thumb = cached(
	({ original, added }, { profile }) => ({
		etag: profile.documentVersions ? original.checksum : undefined,
		modified: added,
	}),
	(call) => {
		const document = requested(call);
		const versioned = call.profile.documentVersions;
		if (!versioned && document.deleted_at !== null) detail(404, 'Not found.');
		const name = `${String(document.id).padStart(7, '0')}.webp`;
		return {
			status: 200,
			binary: thumbnail,
			headers: {
				'content-type': 'image/webp',
				...(versioned && { 'content-disposition': `inline; filename="${name}"` }),
			},
		};
	},
);

const contents = ['archive', 'originals', 'both'] as const;
const compressions = ['none', 'deflated', 'bzip2', 'lzma'];

const zipFields: Record<string, Field> = {
	content: { check: choice(...contents), initial: () => 'archive' },
	compression: { check: choice(...compressions), initial: () => 'none' },
	follow_formatting: { check: boolean, initial: () => false },
};

type Content = (typeof contents)[number];

/** The files of a document that go into the ZIP, with their folders. */
const packed: Record<Content, (document: Document) => [string, Rendition][]> = {
	archive: ({ archive }) => [['', archive ? 'archive' : 'original']],
	originals: () => [['', 'original']],
	both: ({ archive }) => [
		['originals/', 'original'],
		...(archive ? ([['archive/', 'archive']] as [string, Rendition][]) : []),
	],
};

function download(call: Call): Reply {
	const { store, user } = call;
	const fields = { ...selectionFields(call.profile), ...zipFields };
	const values = validate(fields, data(call), store, false);
	const { content, compression, follow_formatting: byPath } = values;
	const documents = selected(call, values);
	if (!documents.every((document) => maySee(document, user))) {
		return plain(403, 'Insufficient permissions');
	}
	const sorted = documents.toSorted((a, b) => compareKeys(b.created, a.created));
	return {
		status: 200,
		binary: pack(store, sorted, content as Content, Boolean(byPath), compression !== 'none'),
		headers: {
			'content-type': 'application/zip',
			'content-disposition': 'attachment; filename="documents.zip"',
		},
	};
}

export function pack(
	store: Store,
	documents: Document[],
	content: Content,
	byPath: boolean,
	compresses: boolean,
): Uint8Array {
	const entries = new Map<string, ZipEntry>();
	for (const document of documents) {
		for (const [folder, rendition] of packed[content](document)) {
			const name = (byPath ? storedName : publicName)(store, document, rendition);
			let path = `${folder}${name}`;
			for (let count = 1; entries.has(path); count++) {
				const number = String(count).padStart(2, '0');
				path = `${folder}${name.replace(/(\.\w+)?$/, `_${number}$1`)}`;
			}
			if (document[rendition]?.isLost) return crash();
			entries.set(path, { name: path, bytes: document[rendition]?.bytes ?? new Uint8Array() });
		}
	}
	return zip([...entries.values()], compresses);
}

const metadata = cached(
	({ original, modified }, { profile }) => ({
		etag: profile.documentVersions ? `${original.checksum}:${modified}` : original.checksum,
		modified,
	}),
	(call) => {
		const document = requested(call);
		if (document.deleted_at !== null) detail(404, 'Not found.');
		const { original, archive } = document;
		return ok({
			original_checksum: original.checksum,
			original_size: original.isLost ? null : original.bytes.length,
			original_mime_type: document.mime_type,
			media_filename: storedName(call.store, document, 'original'),
			has_archive_version: archive !== null,
			original_metadata: original.isLost ? null : [],
			archive_checksum: archive?.checksum ?? null,
			archive_media_filename: archive && storedName(call.store, document, 'archive'),
			original_filename: document.original_file_name,
			archive_size: archive && !archive.isLost ? archive.bytes.length : null,
			archive_metadata: archive && !archive.isLost ? [archiveProducer] : null,
			lang: 'en',
		});
	},
);

/** One entry of a PDF's metadata is enough here. */
const archiveProducer = {
	namespace: 'http://ns.adobe.com/pdf/1.3/',
	prefix: 'pdf',
	key: 'Producer',
	value: 'pdf-lib',
};

export const fileRoutes: Route[] = [
	{ path: 'documents/bulk_download/', parsers: ['json'], on: { POST: download } },
	{
		path: 'documents/:id/download/',
		model: 'document',
		on: { GET: (call) => send(call, 'attachment') },
	},
	{ path: 'documents/:id/preview/', model: 'document', on: { GET: preview } },
	{ path: 'documents/:id/thumb/', model: 'document', on: { GET: thumb } },
	{ path: 'documents/:id/metadata/', model: 'document', on: { GET: metadata } },
];
