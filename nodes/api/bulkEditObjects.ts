import { z } from 'zod';
import type { Connection } from './connection';
import type { Permissions } from './schemas/document';

/** The kinds that have a name, matching, an owner and permissions, as the server's bulk route names them. */
export type ObjectType = 'correspondents' | 'document_types' | 'storage_paths' | 'tags';

/** The body that creates or changes an object. The server leaves omitted keys unchanged. */
export type ObjectDraft = {
	name?: string;
	/** 0 none, 1 any word, 2 all words, 3 exact, 4 regular expression, 5 fuzzy, 6 automatic. */
	matching_algorithm?: number;
	match?: string;
	is_insensitive?: boolean;
	owner?: number | null;
	set_permissions?: Permissions;
	/** Tags: `#rrggbb`. */
	color?: string;
	is_inbox_tag?: boolean;
	/** Tags, from 2.19 on (capability `nestedTags`). */
	parent?: number | null;
	/** Storage paths: the template for the location of the file. */
	path?: string;
};

export type ObjectEdit =
	| { operation: 'delete' }
	| {
			operation: 'set_permissions';
			permissions?: Permissions;
			owner?: number | null;
			merge: boolean;
	  };

/** Changes or deletes many objects at once. One unknown or repeated id rejects the whole request (400). */
export const bulkEditObjects =
	(connection: Connection) =>
	async (type: ObjectType, ids: readonly number[], edit: ObjectEdit): Promise<void> => {
		const json = { objects: ids, object_type: type, ...edit };
		await connection.send('POST', 'api/bulk_edit_objects/', { json }, z.unknown());
	};
