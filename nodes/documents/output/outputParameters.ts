import type { Parameter } from '../../toolkit/parameter';

export const outputParameters = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{
				name: 'Raw',
				value: 'raw',
				description: 'All fields as the server sends them, with IDs',
			},
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'Only the fields you choose, as the server sends them',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'The most useful fields, with names instead of IDs and a link',
			},
		],
		default: 'simplified',
	},
	{
		displayName: 'Fields',
		name: 'selectedFields',
		type: 'multiOptions',
		displayOptions: { show: { output: ['selected'] } },
		options: [
			{ name: 'Added', value: 'added' },
			{ name: 'Archive Serial Number', value: 'archive_serial_number' },
			{ name: 'Archived File Name', value: 'archived_file_name' },
			{ name: 'Content', value: 'content' },
			{ name: 'Correspondent', value: 'correspondent' },
			{ name: 'Created', value: 'created' },
			{ name: 'Custom Fields', value: 'custom_fields' },
			{ name: 'Document Type', value: 'document_type' },
			{ name: 'MIME Type', value: 'mime_type' },
			{ name: 'Modified', value: 'modified' },
			{ name: 'Notes', value: 'notes' },
			{ name: 'Original File Name', value: 'original_file_name' },
			{ name: 'Owner', value: 'owner' },
			{ name: 'Page Count', value: 'page_count' },
			{ name: 'Storage Path', value: 'storage_path' },
			{ name: 'Tags', value: 'tags' },
			{ name: 'Title', value: 'title' },
			{ name: 'Versions', value: 'versions' },
		],
		default: ['title', 'created', 'tags'],
		description: 'The ID is always included',
	},
] as const satisfies readonly Parameter[];

export const contentParameters = [
	{
		displayName: 'Content Max Length',
		name: 'contentMaxLength',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description: 'Number of characters after which the text of a document is cut off',
	},
	{
		displayName: 'Include Content',
		name: 'includeContent',
		type: 'boolean',
		default: true,
		description: 'Whether to include the text of the document (OCR); it can be long',
	},
] as const satisfies readonly Parameter[];
