import type { TrashRow } from '../../../api/trash';
import { isVersionRow } from '../../../api/trash';
import { defineOperation } from '../../../toolkit/operation';
import { contentNotice } from '../shared/contentNotice';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';

/**
 * Most recently deleted first. The server sorts by the date of the document, so all of the trash is
 * read, whatever the limit (docs/paperless-api.md#trash-list).
 */
function byDeletion(a: TrashRow, b: TrashRow): number {
	const [first, second] = [a.deleted_at ?? '', b.deleted_at ?? ''];
	// A date of JavaScript has no microseconds.
	return Date.parse(second) - Date.parse(first) || (first < second ? 1 : -1);
}

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many documents in trash',
	description: 'Retrieve a list of documents in the trash, most recently deleted first',
	access: 'read',
	parameters: [
		...returnAllOrLimit,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Include Content',
					name: 'includeContent',
					type: 'boolean',
					default: false,
					description: 'Whether to include the text of the documents (OCR); it can be long',
				},
			],
		},
		contentNotice,
	],
	async execute({ api }, { options, ...listing }) {
		// From 3.0 on the list also contains versions (docs/paperless-api.md#versions-in-the-trash).
		const documents = (await api.trash.rows())
			.filter((row) => !isVersionRow(row))
			.sort(byDeletion)
			.slice(0, limitOf(listing));
		if (!options.includeContent) return documents.map((json) => ({ json }));
		const contents = await api.trash.contents(new Set(documents.map(({ id }) => id)));
		return documents.map((row) => ({ json: { ...row, content: contents.get(row.id) } }));
	},
});
