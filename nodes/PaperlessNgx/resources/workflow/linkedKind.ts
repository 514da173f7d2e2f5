import type { Kind } from '../../../api/kinds';

const kinds: Readonly<Record<string, Kind>> = {
	tag: 'tag',
	correspondent: 'correspondent',
	document_type: 'documentType',
	storage_path: 'storagePath',
	custom_field: 'customField',
	mailrule: 'mailRule',
	user: 'user',
	owner: 'user',
	group: 'group',
};

const link = new RegExp(
	`^(?:filter|schedule|assign|remove)_.*?(${Object.keys(kinds).join('|')})s?$`,
);

/**
 * The kind of objects whose ids a field of a trigger or an action holds, by the end of its name. So
 * the fields of newer servers have names as well.
 */
export const linkedKind = (key: string): Kind | undefined => kinds[link.exec(key)?.[1] ?? ''];
