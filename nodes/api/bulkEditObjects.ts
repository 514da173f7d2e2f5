import { z } from 'zod';
import type { Connection } from './connection';
import type { Permissions } from './schemas/document';

/** The kinds that share names, matching, owners and permissions, as the server's bulk route calls them. */
export type ObjectType = 'correspondents' | 'document_types' | 'storage_paths' | 'tags';

/** Body for creating or changing one of them; keys that are left out stay as they are. */
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
	/** Storage paths: the template of the file's place. */
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

/** Changes or deletes many at once; one unknown or repeated id refuses all (400). */
export const bulkEditObjects =
	(connection: Connection) =>
	async (type: ObjectType, ids: readonly number[], edit: ObjectEdit): Promise<void> => {
		const json = { objects: ids, object_type: type, ...edit };
		await connection.send('POST', 'api/bulk_edit_objects/', { json }, z.unknown());
	};
