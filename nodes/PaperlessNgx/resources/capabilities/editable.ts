import type { Collection } from '../../../api/collection';
import { PaperlessError } from '../../../api/errors';
import type { ObjectOf, Kind } from '../../../api/kinds';
import type { Sameness } from '../../../api/requireAsAsked';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Context, Json } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import type { Readable } from './readable';
import type { Written } from './written';

/** Parameters together with the code that turns their values into a part of a request body. */
type Fields<Draft> = {
	parameters: readonly Parameter[];
	read: (context: Context, values: Record<string, unknown>) => Promise<Partial<Draft>>;
};

/** A field that the user has not set is missing from `values`, and must be missing from the body. */
export const defineFields = <const P extends readonly Parameter[], Body>(
	parameters: P,
	read: (context: Context, values: Partial<ValuesOf<P>>) => Body | Promise<Body>,
) => ({
	parameters,
	// The same parameters typed these values and read them, so the cast is safe.
	read: async (context: Context, values: Record<string, unknown>) =>
		await read(context, values as Partial<ValuesOf<P>>),
});

/** Stands for main or additional fields where there are none. */
export const noFields = { parameters: [], read: async () => ({}) };

/** A list whose rows are created, changed and deleted one by one. */
export interface Editable<K extends Kind, Draft extends object> extends Readable<K> {
	collection: (api: PaperlessClient) => Collection<ObjectOf<K>, Draft>;
	/** Says what a name may be, where it may be more than a name. */
	nameDescription?: string;
	/** Create shows them next to the name, Update among the other fields. */
	mainFields?: Fields<Draft>;
	/** Optional in Create and Update. */
	additionalFields?: Fields<Draft>;
	/** The body for a new object: completes what the user has set, or rejects it. */
	newDraft: (draft: Partial<Draft> & { name: string }) => Draft;
	/** Whether Update grants permissions, too; lists with an operation for permissions do without. */
	isShared?: boolean;
	/** What every change of an object must repeat. */
	repeated?: (row: ObjectOf<K>) => Partial<Draft>;
	/** How to compare a field that the server stores in another form than it was sent. */
	sameness?: Sameness;
	/** Fields that the server never shows, such as a password. */
	hidden?: readonly string[];
	/** What changes are reported about. By default, the fields that were written. */
	facts?: (row: ObjectOf<K>, context: Context) => Json | Promise<Json>;
	/** Makes an existing object have these fields. By default, by writing those that differ. */
	write?: (
		context: Context,
		editable: Editable<K, Draft>,
		existing: ObjectOf<K>,
		fields: Partial<Draft>,
	) => Promise<Written<ObjectOf<K>>>;
}

/** Rejects a change without any field. The description says where to add one. */
export function someChanges<Draft extends object>(changes: Draft, description: string): Draft {
	if (Object.keys(changes).length > 0) return changes;
	throw new PaperlessError('invalid', 'There is nothing to update', { description });
}
