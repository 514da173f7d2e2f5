import type { Listing } from '../../../api/collection';
import type { ObjectOf, Kind } from '../../../api/kinds';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Capability } from '../../../api/server';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Context, Json, Output } from '../../../toolkit/operation';
import type { Locator } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';
import type { References } from '../shared/referenceNames';
import { allReferences, referenceNames } from '../shared/referenceNames';
import type { ListFilter } from './listFilters';
import { isSimplified, shown } from './simplify';

type Sorting = { name: string; value: string };

/** A list of the server: enough for Get Many. */
export interface Listed<Row extends { id: number }> {
	/** In lower case, as in a sentence: `document type` and `document types`. */
	noun: string;
	plural: string;
	collection: (api: PaperlessClient) => Listing<Row>;
	/** The feature that servers without this list lack. */
	needs?: Capability;
	/** The output for a row. Without it, the row is the output. */
	present?: (row: Row, context: Context) => Json | Promise<Json>;
	/** What a row names in its output. The names for several rows are then requested together. */
	references?: (row: Row) => References;
	/** Keys of the output that simplified output leaves out, besides those that no list shows there. */
	technical?: readonly string[];
	/** What simplified output says besides, or in other words. */
	clarify?: (rows: readonly Row[], context: Context) => Promise<(row: Row) => Json>;
	filters?: ReadonlyArray<ListFilter<Row>>;
	/** Orders that the server offers, the default first. The panel offers a choice of several. */
	sortings?: readonly [Sorting, ...Sorting[]];
	/** Whether its objects have an owner, and may be seen and changed by others whom the owner chose. */
	hasPermissions?: boolean;
}

/** A list whose rows a user chooses by name or ID: enough for Get. */
export interface Readable<K extends Kind> extends Listed<ObjectOf<K>> {
	kind: K;
	/** The method of the node that searches the list for the panel. */
	picker: string;
	/** A name that a user could type. */
	example: string;
}

type Choosable = Pick<Readable<Kind>, 'kind' | 'noun' | 'picker' | 'example'>;

const labelOf = ({ noun }: Choosable) => noun.replace(/\b\w/g, (letter) => letter.toUpperCase());

/** The required parameter for one object, stored under the name of its kind. */
export const locatorParameter = (readable: Choosable) => ({
	...oneOf(labelOf(readable), readable.kind, readable.picker, readable.example),
	required: true,
});

const referenceFrom = (readable: Choosable, values: Record<string, unknown>) =>
	toReference(values[readable.kind] as Locator, labelOf(readable));

/** The id of the chosen object. Only a name costs a request; the server checks a number. */
export const chosenId = (
	{ names }: Context,
	readable: Choosable,
	values: Record<string, unknown>,
): Promise<number> => names.id(readable.kind, referenceFrom(readable, values), readable.kind);

/** The chosen object. An unknown id is rejected here, before anything is written. */
export const chosenRow = <K extends Kind>(
	{ names }: Context,
	readable: Readable<K>,
	values: Record<string, unknown>,
): Promise<ObjectOf<K>> =>
	names.find(readable.kind, referenceFrom(readable, values), readable.kind);

/** What a row of the server says, together with more keys. */
async function jsonOf<Row extends { id: number }>(
	context: Context,
	{ present }: Listed<Row>,
	row: Row,
	more: Json,
): Promise<Json> {
	const json: Json = present ? await present(row, context) : { ...row };
	return { ...json, ...more };
}

type Shown<Row> = {
	isSimple: boolean;
	/** More keys of the output for a row. */
	more: (row: Row) => Json;
};

/** The output items for rows. What they refer to is read once for all of them. */
export async function outputsOf<Row extends { id: number }>(
	context: Context,
	list: Listed<Row>,
	rows: readonly Row[],
	{ isSimple, more }: Shown<Row>,
): Promise<Output[]> {
	const { references, technical, clarify } = list;
	if (references) await referenceNames(context, allReferences(rows.map(references)));
	const clear = isSimple && clarify ? await clarify(rows, context) : () => ({});
	const objects = await Promise.all(
		rows.map((row) => jsonOf(context, list, row, { ...clear(row), ...more(row) })),
	);
	return await shown(context, objects, isSimple, technical);
}

/** The output for a row that was written, in the form in which Get shows it, together with more keys. */
export const outputOf = <Row extends { id: number }>(
	context: Context,
	list: Listed<Row>,
	row: Row,
	values: { simple: boolean },
	more: Json = {},
): Promise<Output[]> =>
	outputsOf(context, list, [row], { isSimple: isSimplified(context, values), more: () => more });
