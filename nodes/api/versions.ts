import { z } from 'zod';
import type { Connection } from './connection';
import type { FilePart, TextPart } from './httpTransport';

const versionSchema = z
	.object({
		id: z.number(),
		added: z.string().nullish(),
		version_label: z.string().nullish(),
		checksum: z.string().nullish(),
		is_root: z.boolean().optional(),
	})
	.passthrough();

export type DocumentVersion = z.infer<typeof versionSchema>;

/** From 3.0 on (capability `documentVersions`). */
export function versions(connection: Connection) {
	const at = (document: number) => `api/documents/${document}/`;
	return {
		/** Newest first; the original is the last one. */
		async list(document: number): Promise<DocumentVersion[]> {
			const shape = z.object({ versions: z.array(versionSchema) });
			return (await connection.get(at(document), { fields: 'id,versions' }, shape)).versions;
		},
		/**
		 * Queues the file and returns the id of the task. The task reports the id of the version
		 * (docs/paperless-api.md#version-tasks).
		 */
		async upload(document: number, file: FilePart, label: string): Promise<string> {
			const texts: TextPart[] = label === '' ? [] : [{ field: 'version_label', text: label }];
			const parts = [...texts, file];
			return await connection.send('POST', `${at(document)}update_version/`, { parts }, z.string());
		},
		async rename(
			document: number,
			version: number,
			label: string | null,
		): Promise<DocumentVersion> {
			const json = { version_label: label };
			return await connection.send(
				'PATCH',
				`${at(document)}versions/${version}/`,
				{ json },
				versionSchema,
			);
		},
		/**
		 * Turns documents into versions of `document`, the last one into its newest. Servers without
		 * this route answer 405 (docs/paperless-api.md#merged-versions).
		 */
		async merge(document: number, sources: readonly number[], label: string | null): Promise<void> {
			const json = {
				documents: [document, ...sources],
				root_document_id: document,
				...(label !== null && { version_label: label }),
			};
			const path = 'api/documents/merge_as_versions/';
			await connection.send('POST', path, { json }, z.unknown());
		},
		/** The server does not delete the original alone. */
		async delete(document: number, version: number): Promise<void> {
			await connection.send(
				'DELETE',
				`${at(document)}versions/${version}/`,
				undefined,
				z.unknown(),
			);
		},
	};
}
