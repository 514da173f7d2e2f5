import { z } from 'zod';
import { collection } from './collection';
import type { Connection } from './connection';
import { PaperlessError } from './errors';
import { fileNameFrom } from './fileNameFrom';
import type { ListOptions } from './readAll';
import type { Document, DocumentChanges, Permissions } from './schemas/document';
import { documentSchema } from './schemas/document';
import type { ByteStream, FilePart, Query, TextPart } from './httpTransport';

const path = 'api/documents/';

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

/** The methods of `bulk_edit` that this client uses, with their parameters (paperless-api §3.6). */
export type BulkEdit =
	| { method: 'modify_tags'; parameters: { add_tags: number[]; remove_tags: number[] } }
	| { method: 'set_correspondent'; parameters: { correspondent: number | null } }
	| { method: 'set_document_type'; parameters: { document_type: number | null } }
	| { method: 'set_storage_path'; parameters: { storage_path: number | null } }
	| {
			method: 'modify_custom_fields';
			parameters: { add_custom_fields: Record<string, unknown>; remove_custom_fields: number[] };
	  }
	| {
			method: 'set_permissions';
			parameters: { set_permissions: Permissions; owner?: number | null; merge: boolean };
	  }
	| { method: 'delete' | 'reprocess'; parameters: Record<string, never> }
	| PdfEdit;

/** These only queue the work; its failure shows nowhere but in tasks and logs (trap 19). */
export type PdfEdit =
	| { method: 'rotate'; parameters: { degrees: number } }
	| {
			method: 'merge';
			parameters: {
				metadata_document_id?: number;
				delete_originals: boolean;
				archive_fallback: boolean;
			};
	  }
	/** Ranges separated by commas, `1,2-3,4`; each becomes a document. */
	| { method: 'split'; parameters: { pages: string; delete_originals: boolean } }
	| { method: 'delete_pages'; parameters: { pages: number[] } }
	/** From 2.18 on. Pages that are not listed are dropped; `doc` counts the results from 0. */
	| {
			method: 'edit_pdf';
			parameters: {
				operations: Array<{ page: number; rotate?: number; doc?: number }>;
				update_document: boolean;
				include_metadata: boolean;
				delete_original: boolean;
			};
	  }
	/** From 3.0 on. */
	| {
			method: 'remove_password';
			parameters: {
				password: string;
				update_document: boolean;
				include_metadata: boolean;
				delete_original: boolean;
			};
	  };

/** It answers with status 200 even when it did not do it (paperless-api §3.6). */
const bulkReply = z.object({ result: z.string().optional() });

export type Rendition = 'archived' | 'original' | 'preview' | 'thumbnail';

export type DownloadedFile = {
	fileName: string;
	mimeType: string;
	body: ByteStream;
};

const renditions: Readonly<Record<Rendition, { route: string; query: Query }>> = {
	archived: { route: 'download', query: {} },
	original: { route: 'download', query: { original: 'true' } },
	preview: { route: 'preview', query: {} },
	thumbnail: { route: 'thumb', query: {} },
};

/** Without its text a row is small; with it some documents carry hundreds of kilobytes. */
export const pageSizes = { withContent: 100, withoutContent: 1000 } as const;

/** Ids a request: 500 stay well under the 8 kB that proxies allow a URL, and a bulk edit of them under a proxy's 60 s (§2.4). */
export const documentsPerRequest = 500;

export function documents(connection: Connection) {
	const rows = collection<Document, DocumentChanges>(connection, 'documents', documentSchema);
	const at = (id: number) => `${path}${id}/`;
	return {
		/** `query.fields` decides what comes back; full text brings `__search_hit__`. */
		async list(query: Query, options: Partial<ListOptions> = {}): Promise<Document[]> {
			const withContent = (query.fields ?? 'content').split(',').includes('content');
			const pageSize = withContent ? pageSizes.withContent : pageSizes.withoutContent;
			return await rows.list(query, { pageSize, ...options });
		},
		page: rows.page,
		/** 404 where the document is in the trash or not visible. */
		async get(id: number, query: Query = {}): Promise<Document> {
			return await connection.get(at(id), query, documentSchema);
		},
		/** PATCH: a bad field keeps everything unchanged. Never sends `fields`, which would drop the rest (trap 44). */
		update: rows.update,
		/** Moves the document to the trash, with all its versions. */
		delete: rows.delete,

		/** Queues the file and returns the id of the consumption task. */
		async upload(file: FilePart, draft: UploadDraft): Promise<string> {
			const { tags = [], custom_fields, ...rest } = draft;
			const texts: TextPart[] = [
				...Object.entries(rest).map(([name, value]) => ({ field: name, text: String(value) })),
				...tags.map((tag) => ({ field: 'tags', text: String(tag) })),
			];
			if (custom_fields && Object.keys(custom_fields).length > 0) {
				(await connection.server()).require('customFieldValuesAtUpload');
				texts.push({ field: 'custom_fields', text: JSON.stringify(custom_fields) });
			}
			const parts = [...texts, file];
			return await connection.send('POST', `${path}post_document/`, { parts }, z.string());
		},

		/** One unknown, trashed or repeated id refuses the whole request (400). */
		async bulkEdit(ids: readonly number[], { method, parameters }: BulkEdit): Promise<void> {
			const json = { documents: ids, method, parameters };
			const { result } = await connection.send('POST', `${path}bulk_edit/`, { json }, bulkReply);
			if (result !== 'ERROR') return;
			throw new PaperlessError('unavailable', 'Paperless-ngx did not complete the change', {
				description: 'It reports no reason; its log says why.',
			});
		},

		/** The document's file as a stream; the name is the server's (`filename*` before `filename`). */
		async download(id: number, rendition: Rendition): Promise<DownloadedFile> {
			const { route, query } = renditions[rendition];
			const reply = await connection.open(`${at(id)}${route}/`, query);
			const mimeType =
				reply.headers['content-type']?.split(';')[0]?.trim() || 'application/octet-stream';
			const extension = mimeType.split('/')[1] ?? 'bin';
			return {
				fileName:
					fileNameFrom(reply.headers['content-disposition']) ?? `document-${id}.${extension}`,
				mimeType,
				body: reply.body,
			};
		},

		/** The hash by which the server knows a file: MD5 in 2.x, SHA-256 from 3.0 on. */
		async checksumAlgorithm(): Promise<'md5' | 'sha256'> {
			return (await connection.server()).has('sha256Checksums') ? 'sha256' : 'md5';
		},
	};
}

export type DocumentsApi = ReturnType<typeof documents>;
