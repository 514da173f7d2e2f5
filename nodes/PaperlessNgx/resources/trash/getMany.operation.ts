import { defineOperation } from '../../../toolkit/operation';
import { limitOf, returnAllOrLimit } from '../shared/returnAllOrLimit';

/** The server sends whole documents and supports no filter here. */
const rowsPerPage = 100;

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
	],
	async execute({ api }, { options, ...listing }) {
		const limit = limitOf(listing);
		const rows = await api.trash.list({}, { pageSize: rowsPerPage, limit });
		// From 3.0 on the list also contains deleted versions of documents that are not in the trash.
		const documents = rows.filter(
			({ root_document }) => root_document === null || root_document === undefined,
		);
		return documents.map(({ content, ...rest }) => ({
			json: options.includeContent ? { ...rest, content } : rest,
		}));
	},
});
