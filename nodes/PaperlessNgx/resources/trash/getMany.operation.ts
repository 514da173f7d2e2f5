import type { TrashRow } from '../../../api/trash';
import { isVersionRow } from '../../../api/trash';
import { defineOperation } from '../../../toolkit/operation';
import { present } from '../../../documents/output/present';
import { simplified } from '../../../documents/output/presentation';
import type { Context, Json } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { isSimplified, simplifyParameter } from '../capabilities/simplify';
import { withoutKey } from '../capabilities/withoutKey';
import { contentNotice } from '../shared/contentNotice';
import { returnAllOrLimit } from '../shared/returnAllOrLimit';
import { upToLimit } from '../shared/upToLimit';

/**
 * Most recently deleted first. The server sorts by the date of the document, so all of the trash is
 * read, whatever the limit (docs/paperless-api.md#trash-list).
 */
function byDeletion(a: TrashRow, b: TrashRow): number {
	const [first, second] = [a.deleted_at ?? '', b.deleted_at ?? ''];
	// A date of JavaScript has no microseconds.
	return Date.parse(second) - Date.parse(first) || (first < second ? 1 : -1);
}

const withoutUrl = withoutKey('url');

/** Documents in the trash as other documents, but for the address: they have no page. */
async function simplifiedRows(context: Context, rows: readonly TrashRow[]): Promise<Json[]> {
	const shown = await present(context, rows, simplified);
	return shown.map((json, at) => ({ ...withoutUrl(json), deleted_at: rows[at]?.deleted_at }));
}

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many documents in trash',
	description: 'Retrieve a list of documents in the trash, most recently deleted first',
	access: 'read',
	parameters: [
		...returnAllOrLimit,
		simplifyParameter,
		optionsParameter([
			{
				displayName: 'Include Content',
				name: 'includeContent',
				type: 'boolean',
				default: false,
				description: 'Whether to include the text of the documents (OCR); it can be long',
			},
		]),
		contentNotice,
	],
	async execute(context, { options, simple, ...listing }) {
		const { api } = context;
		// From 3.0 on the list also contains versions (docs/paperless-api.md#versions-in-the-trash).
		const all = (await api.trash.rows()).filter((row) => !isVersionRow(row)).sort(byDeletion);
		const documents = await upToLimit(context, listing, 'documents', async () => all);
		const rows = isSimplified(context, { simple })
			? await simplifiedRows(context, documents)
			: documents;
		if (!options.includeContent) return rows.map((json) => ({ json }));
		const contents = await api.trash.contents(new Set(documents.map(({ id }) => id)));
		return rows.map((row, at) => ({
			json: { ...row, content: contents.get(documents[at]?.id ?? 0) },
		}));
	},
});
