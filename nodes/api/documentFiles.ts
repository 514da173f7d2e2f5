import { z } from 'zod';
import type { Connection } from './connection';
import type { DownloadedFile } from './downloadedFile';
import { downloadedFile } from './downloadedFile';
import type { ByteStream, FilePart, Query, TextPart } from './httpTransport';

export type UploadDraft = {
	title?: string;
	/** `YYYY-MM-DD` */
	created?: string;
	correspondent?: number;
	document_type?: number;
	storage_path?: number;
	tags?: number[];
	archive_serial_number?: number;
	/** By field id. The server takes values from 2.19 on (capability `customFieldValuesAtUpload`). */
	custom_fields?: Record<string, unknown>;
};

export type Rendition = 'archived' | 'original' | 'preview' | 'thumbnail';

type ZipOptions = {
	content: 'archive' | 'originals' | 'both';
	compression: 'none' | 'deflated' | 'bzip2' | 'lzma';
	follow_formatting: boolean;
};

const renditions: Readonly<Record<Rendition, { route: string; query: Query }>> = {
	archived: { route: 'download', query: {} },
	original: { route: 'download', query: { original: 'true' } },
	preview: { route: 'preview', query: {} },
	thumbnail: { route: 'thumb', query: {} },
};

/** The files of documents: into the archive and out of it. */
export function documentFiles(connection: Connection) {
	return {
		/** Queues the file and returns the id of the consumption task. */
		async upload(file: FilePart, draft: UploadDraft): Promise<string> {
			const { tags = [], custom_fields, ...rest } = draft;
			const texts: TextPart[] = [
				...Object.entries(rest).map(([name, value]) => ({ field: name, text: String(value) })),
				...tags.map((tag) => ({ field: 'tags', text: String(tag) })),
			];
			if (custom_fields && Object.keys(custom_fields).length > 0) {
				await connection.require('customFieldValuesAtUpload');
				texts.push({ field: 'custom_fields', text: JSON.stringify(custom_fields) });
			}
			const parts = [...texts, file];
			return await connection.send('POST', 'api/documents/post_document/', { parts }, z.string());
		},

		/**
		 * The document's file as a stream; the name is the server's (`filename*` before `filename`).
		 * From 3.0 on also the file of another version than the newest, and the name on the server's
		 * disk. Any value of `follow_formatting` switches it on (docs/paperless-api.md#presence-flags).
		 */
		async download(
			id: number,
			rendition: Rendition,
			more: { version?: string; follow_formatting?: 'true' } = {},
		): Promise<DownloadedFile> {
			const { route, query } = renditions[rendition];
			const reply = await connection.open(`api/documents/${id}/${route}/`, { ...query, ...more });
			return downloadedFile(reply, `document-${id}`);
		},

		/** The files of several documents as a ZIP archive. */
		async zip(documents: readonly number[], options: ZipOptions): Promise<ByteStream> {
			const json = { documents, ...options };
			return (await connection.open('api/documents/bulk_download/', {}, { json })).body;
		},

		/**
		 * The hash by which the server recognizes a file: MD5 in 2.x, SHA-256 from 3.0 on. The hash of
		 * the other kind finds nothing, so a server that was upgraded must be noticed.
		 */
		async checksumAlgorithm(): Promise<'md5' | 'sha256'> {
			return (await connection.currentServer()).has('sha256Checksums') ? 'sha256' : 'md5';
		},
	};
}
