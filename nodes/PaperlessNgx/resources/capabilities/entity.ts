import { capitalize } from '../../../api/capitalize';
import type { Collection } from '../../../api/collection';
import type { Kind } from '../../../api/kinds';
import type { ObjectDraft, ObjectType } from '../../../api/bulkEditObjects';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Named } from '../../../api/schemas/named';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Context, Json } from '../../../toolkit/operation';
import type { Locator, Parameter, ValuesOf } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';

/** Parameters and the code that turns their values into the server's words, as a pair. */
export type Fields = {
	parameters: readonly Parameter[];
	read: (context: Context, values: Record<string, unknown>) => Promise<ObjectDraft>;
};

export const defineFields = <const P extends readonly Parameter[]>(
	parameters: P,
	read: (context: Context, values: Partial<ValuesOf<P>>) => Promise<ObjectDraft>,
): Fields => ({
	parameters,
	// Values are read by the same parameters that typed them, so forgetting P is safe.
	read: read as Fields['read'],
});

/** What the operations in this folder need to know about a kind of object. */
export type Entity = {
	kind: Kind;
	type: ObjectType;
	noun: string;
	plural: string;
	picker: string;
	collection: (api: PaperlessClient) => Collection<Named, ObjectDraft>;
	/** What a new one cannot do without, beside its name. */
	required?: Fields;
	/** Optional on creation, changeable later. */
	fields: Fields;
	/** More filters for Get Many, beside name and id. */
	filters?: readonly Parameter[];
	filterQuery?: (values: Record<string, unknown>) => Record<string, string>;
};

const titled = (text: string) => text.split(' ').map(capitalize).join(' ');

export const locatorParameter = ({ kind, noun, picker }: Entity) => ({
	...oneOf(titled(noun), kind, picker, titled(noun)),
	required: true,
});

export const locatorOf = ({ kind, noun }: Entity, values: Record<string, unknown>) =>
	toReference(values[kind] as Locator, titled(noun));

export const nameParameter = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	description: 'At most 128 characters',
} as const satisfies Parameter;

/** As the server sends it; a tag's children are tags of their own in the same list. */
export const shown = (row: Named): Json =>
	Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'children'));

export const byDisplayName = (parameters: readonly Parameter[]): readonly Parameter[] =>
	[...parameters].sort((a, b) => a.displayName.localeCompare(b.displayName));
