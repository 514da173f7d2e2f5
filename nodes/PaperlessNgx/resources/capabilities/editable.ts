import type { Collection } from '../../../api/collection';
import { PaperlessError } from '../../../api/errors';
import type { ObjectOf, Kind } from '../../../api/kinds';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import type { Readable } from './readable';

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
	/** Create shows them next to the name, Update among the other fields. */
	mainFields?: Fields<Draft>;
	/** Optional in Create and Update. */
	additionalFields?: Fields<Draft>;
	/** The body for a new object: completes what the user has set, or rejects it. */
	newDraft: (draft: Partial<Draft> & { name: string }) => Draft;
	/** What has to change so that an existing object has these fields. By default, all of them. */
	changes?: (existing: ObjectOf<K>, fields: Partial<Draft>) => Partial<Draft>;
}

/** Rejects a change without any field. The description says where to add one. */
export function someChanges<Draft extends object>(changes: Draft, description: string): Draft {
	if (Object.keys(changes).length > 0) return changes;
	throw new PaperlessError('invalid', 'There is nothing to update', { description });
}
