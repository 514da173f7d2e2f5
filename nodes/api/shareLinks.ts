import { z } from 'zod';
import { collection } from './collection';
import type { Connection } from './connection';

export type FileVersion = 'archive' | 'original';

const shareLinkSchema = z
	.object({
		id: z.number(),
		created: z.string(),
		expiration: z.string().nullish(),
		slug: z.string(),
		document: z.number(),
		file_version: z.string(),
	})
	.passthrough();

export type ShareLink = z.infer<typeof shareLinkSchema>;

export type ShareLinkDraft = {
	document: number;
	expiration: string | null;
	file_version: FileVersion;
};

const bundleSchema = z
	.object({
		id: z.number(),
		slug: z.string(),
		status: z.string(),
		documents: z.array(z.number()),
		expiration: z.string().nullish(),
		last_error: z.unknown(),
	})
	.passthrough();

export type ShareLinkBundle = z.infer<typeof bundleSchema>;

export type BundleDraft = {
	document_ids: number[];
	expiration_days: number | null;
	file_version: FileVersion;
};

export function shareLinks(connection: Connection) {
	return {
		...collection<ShareLink, ShareLinkDraft>(connection, 'share_links', shareLinkSchema),
		/**
		 * Returns the links that have not expired. The whole list cannot be filtered by document
		 * (docs/paperless-api.md#share-link-lists).
		 */
		async ofDocument(document: number): Promise<ShareLink[]> {
			const path = `api/documents/${document}/share_links/`;
			const rows = await connection.get(
				path,
				{},
				z.array(shareLinkSchema.omit({ document: true })),
			);
			return rows.map((row) => ({ ...row, document })) as ShareLink[];
		},
	};
}

/** From 3.0 on (capability `shareLinkBundles`). */
export function shareLinkBundles(connection: Connection) {
	const rows = collection<ShareLinkBundle, BundleDraft>(
		connection,
		'share_link_bundles',
		bundleSchema,
	);
	return {
		...rows,
		async rebuild(id: number): Promise<ShareLinkBundle> {
			return await connection.send('POST', `${rows.path}${id}/rebuild/`, undefined, bundleSchema);
		},
	};
}
