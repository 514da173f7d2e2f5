import { z } from 'zod';
import type { Connection } from './connection';
import { PaperlessError } from './errors';
import type { Permissions } from './schemas/document';
import type { Capability } from './server';

/**
 * The methods of `bulk_edit` that this client uses, with their parameters
 * (docs/paperless-api.md#bulk-edit-methods).
 */
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
	| { method: 'delete'; parameters: Record<string, never> }
	| { method: 'reprocess'; parameters: { remote_ocr?: true } }
	| PdfEdit;

/**
 * Edits that the server only queues. A failure shows nowhere but in tasks and logs
 * (docs/paperless-api.md#queued-work).
 */
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
	/** Ranges separated by commas, `1,2-3,4`; each becomes a document. Not a route of its own: `edit_pdf`. */
	| { method: 'split'; parameters: { pages: string; delete_originals: boolean } }
	/** Not a route of its own: `edit_pdf` with the pages that stay. */
	| { method: 'delete_pages'; parameters: { pages: number[] } }
	/** From 2.18 on. The server drops pages that are not listed; `doc` counts the results from 0. */
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

/**
 * Methods that are routes as well, and the servers where those are sent: `bulk_edit` calls the
 * methods deprecated there (docs/paperless-api.md#document-routes).
 */
const routes: Partial<Record<BulkEdit['method'], Capability>> = {
	delete: 'trashesVersionsTogether',
	edit_pdf: 'documentRoutes',
	merge: 'documentRoutes',
	remove_password: 'documentRoutes',
	reprocess: 'documentRoutes',
	rotate: 'documentRoutes',
};

/**
 * The server answers with status 200 even when it did not make the change
 * (docs/paperless-api.md#bulk-results).
 */
const bulkReply = z.object({ result: z.string().optional() });

/** Changes many documents at once. One unknown, trashed or repeated id rejects the whole request (400). */
export const bulkEdit =
	(connection: Connection) =>
	async (ids: readonly number[], { method, parameters }: BulkEdit): Promise<void> => {
		const capability = routes[method];
		const hasRoute = capability !== undefined && (await connection.server()).has(capability);
		const json = hasRoute
			? { documents: ids, ...parameters }
			: { documents: ids, method, parameters };
		const path = `api/documents/${hasRoute ? method : 'bulk_edit'}/`;
		const { result } = await connection.send('POST', path, { json }, bulkReply);
		if (result !== 'ERROR') return;
		throw new PaperlessError('unavailable', 'Paperless-ngx did not complete the change', {
			description: 'The server reports no reason. Its log contains the reason.',
		});
	};
