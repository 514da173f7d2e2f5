import type { INodeProperties } from 'n8n-workflow';

type DeepReadonly<T> = T extends (...args: never[]) => unknown
	? T
	: T extends object
		? { readonly [K in keyof T]: DeepReadonly<T[K]> }
		: T;

/** What this package adds to a parameter of n8n. The panel does not get it. */
type Marks = {
	/**
	 * Whether a value that is nothing is rejected: on a collection for each field that was added, on
	 * a field of a collection for this field. Other fields of collections are then as if not added.
	 * Needed wherever nothing would mean everything, as in filters.
	 */
	readonly rejectsEmpty?: true;
	/**
	 * Whether only an empty field is empty, and an expression that yields nothing is rejected. Needed
	 * wherever empty is a choice that nobody makes by mistake, such as “never”.
	 */
	readonly emptyByHand?: true;
};

/** An n8n parameter as a literal. It is deeply readonly, which keeps its names and options visible to the compiler. */
export type Parameter = DeepReadonly<INodeProperties> & Marks;

/** The parameters inside a collection or inside the groups of a fixed collection. */
export const innerParameters = (parameter: Parameter): Parameter[] =>
	(parameter.options ?? []).flatMap((option) =>
		'values' in option ? [...option.values] : 'displayName' in option ? [option as Parameter] : [],
	);

/** A single object, chosen from a list, by id, by name or by URL. */
export type Locator = {
	mode: string;
	value: string;
	/** What the list showed when somebody chose from it. */
	label?: string;
};

/** The values of a resource mapper. */
export type MappedFields = {
	/**
	 * By field id; `names` means by field name or id, as an expression returned them, and `input` that
	 * they are the whole input item.
	 */
	values: Readonly<Record<string, unknown>>;
	keys: 'ids' | 'input' | 'names';
	/** The names that the panel showed for the fields when the user chose them, by id. */
	labels: Readonly<Record<string, string>>;
};

type OptionValue<P> = P extends { readonly options: ReadonlyArray<{ readonly value: infer V }> }
	? V
	: string | number;

/** Options that n8n loads from the server: an expression may replace them by anything. */
type Loaded = { readonly typeOptions: { readonly loadOptionsMethod: string } };

type FieldsOf<P> = P extends { readonly options: infer Fields extends readonly Parameter[] }
	? Partial<ValuesOf<Fields>>
	: unknown;

type RowsOf<P, Row> = P extends { readonly typeOptions: { readonly multipleValues: true } }
	? Row[]
	: Row;

type GroupsOf<P> = P extends { readonly options: ReadonlyArray<infer Group> }
	? {
			[G in Group as G extends { readonly name: infer Name extends string }
				? Name
				: never]?: G extends { readonly values: infer Fields extends readonly Parameter[] }
				? RowsOf<P, ValuesOf<Fields>>
				: never;
		}
	: unknown;

/** Types of parameters whose values depend on nothing else. */
type PlainValues = {
	boolean: boolean;
	dateTime: string;
	json: string;
	number: number;
	resourceLocator: Locator;
	resourceMapper: MappedFields;
	string: string;
};

/** Types of parameters whose values depend on their options. */
type DerivedValues<P> = {
	collection: FieldsOf<P>;
	fixedCollection: GroupsOf<P>;
	multiOptions: P extends Loaded ? unknown : Array<OptionValue<P>>;
	options: OptionValue<P>;
};

type ValueOf<P extends Parameter> = P['type'] extends keyof PlainValues
	? PlainValues[P['type']]
	: P['type'] extends keyof DerivedValues<P>
		? DerivedValues<P>[P['type']]
		: unknown;

/** The values of an operation, by the names and types of its parameters. */
export type ValuesOf<P extends readonly Parameter[]> = {
	[Q in P[number] as Q['type'] extends 'notice' | 'callout' ? never : Q['name']]: ValueOf<Q>;
};
