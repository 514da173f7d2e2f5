import type { Query } from '../../api/httpTransport';

/** How the user wants to see documents. */
export type Presentation = {
	output: 'raw' | 'selected' | 'simplified';
	selectedFields: readonly string[];
	includeContent: boolean;
	/** Characters */
	contentMaxLength: number | undefined;
};

/**
 * The presentation that the parameters of an operation ask for. The text of documents is left out
 * unless it is asked for, by the option or as a selected field; with `contentInRaw` raw output
 * includes it as well.
 */
export function presentationOf(
	values: {
		output: Presentation['output'];
		selectedFields: readonly string[];
		options?: { includeContent?: boolean; contentMaxLength?: number };
	},
	contentInRaw = false,
): Presentation {
	const { output, selectedFields, options = {} } = values;
	const byDefault =
		output === 'selected' ? selectedFields.includes('content') : contentInRaw && output === 'raw';
	return {
		output,
		selectedFields,
		includeContent: options.includeContent ?? byDefault,
		contentMaxLength: options.contentMaxLength,
	};
}

export const simplified = presentationOf({ output: 'simplified', selectedFields: [] });

/** The fields that simplified output is made of. */
const simplifiedFields = [
	'id',
	'title',
	'created',
	'correspondent',
	'document_type',
	'storage_path',
	'tags',
	'archive_serial_number',
	'custom_fields',
	'added',
	'modified',
	'original_file_name',
];

/**
 * The query that makes the server send the fields of a presentation and no others. Raw output
 * names no fields, so it keeps those that only newer servers have.
 */
export function fieldsQuery({ output, selectedFields, includeContent }: Presentation): Query {
	switch (output) {
		case 'raw':
			return includeContent ? {} : { truncate_content: 'true' };
		case 'selected':
			return { fields: [...new Set(['id', ...selectedFields])].join(',') };
		case 'simplified':
			return { fields: [...simplifiedFields, ...(includeContent ? ['content'] : [])].join(',') };
	}
}
