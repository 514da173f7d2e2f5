import type { Query } from '../../api/httpTransport';

/** How the user wants to see documents. */
export type Presentation = {
	output: 'raw' | 'selected' | 'simplified';
	selectedFields: readonly string[];
	includeContent: boolean;
	/** Characters */
	contentMaxLength: number | undefined;
	/** Owner and grants */
	includePermissions: boolean;
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
		options?: {
			includeContent?: boolean;
			contentMaxLength?: number;
			includePermissions?: boolean;
		};
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
		includePermissions: options.includePermissions ?? false,
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

const permissionFields = ['owner', 'permissions'];

const withFields = (fields: readonly string[]): Query => ({
	fields: [...new Set(fields)].join(','),
});

/**
 * The query that makes the server send the fields of a presentation and no others. Raw output
 * names no fields, so it keeps those that only newer servers have.
 */
export function fieldsQuery({
	output,
	selectedFields,
	includeContent,
	includePermissions,
}: Presentation): Query {
	const more = includePermissions ? permissionFields : [];
	const grants: Query = includePermissions ? { full_perms: 'true' } : {};
	switch (output) {
		case 'raw':
			return { ...grants, ...(!includeContent && { truncate_content: 'true' }) };
		case 'selected':
			return { ...grants, ...withFields(['id', ...selectedFields, ...more]) };
		case 'simplified': {
			const content = includeContent ? ['content'] : [];
			return { ...grants, ...withFields([...simplifiedFields, ...content, ...more]) };
		}
	}
}
