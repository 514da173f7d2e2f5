import type { NameDirectory } from '../api/nameDirectory';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Capability } from '../api/server';
import type { Files, StoredFile } from './files';
import type { Hint } from './hints';
import type { Parameter, ValuesOf } from './parameter';

export type Json = Record<string, unknown>;

/**
 * One output item. It is linked to the input item that it came from. A `refusal` makes it an item of
 * the error output, where the user has one; elsewhere `json` says what was refused.
 */
export type Output = { json: Json; binary?: Record<string, StoredFile>; refusal?: Error };

/** The outcome of one item: its outputs or an error. */
export type Outcome = Output[] | Error;

/** The same for all items of one execution. */
export type Context = {
	api: PaperlessClient;
	names: NameDirectory;
	files: Files;
	/** Where people open Paperless-ngx, for links: the credential's public URL or its base URL. */
	webUrl: string;
	/** Milliseconds since 1970. */
	now: () => number;
	/** The workflow's time zone, for times that are written without an offset. */
	timeZone: string;
	/** How many items are worked on together, where the user has chosen it. */
	itemsAtOnce?: number | undefined;
	/** True when an AI agent calls the node; output should be compact. */
	forModel: boolean;
	/** Missing where nobody would see a hint. */
	hint?: Hint;
};

/** The values of one input item. */
export type ItemCall<Values> = { itemIndex: number; values: Values };

export type Access = 'read' | 'write';

type Identity<P extends readonly Parameter[]> = {
	/** Stored in workflows; never changes once released. */
	value: string;
	name: string;
	action: string;
	description: string;
	/** What a builder of workflows should know (docs/n8n.md#hints-for-builders). */
	builderHint?: string;
	/** A credential that is set to Read Only rejects items that write. May depend on the item's values. */
	access: Access | ((values: ValuesOf<P>) => Access);
	needs?: Capability;
	/**
	 * Whether what an item asks for is lost afterwards, for an operation with a dry run. A model that
	 * asks for it gets the dry run first.
	 */
	destroys?: (values: ValuesOf<P>) => boolean;
	parameters: P;
};

type PerItem<P extends readonly Parameter[]> = {
	/**
	 * The thing that an item changes. Items with equal targets run one after the other, in their
	 * order; other items run at the same time. A target that cannot be found out orders nothing.
	 */
	target?: (values: ValuesOf<P>, context: Context) => unknown;
	execute: (context: Context, values: ValuesOf<P>, itemIndex: number) => Promise<Output[]>;
};

/** Receives all items at once so that identical requests can be shared. Returns one outcome per item, in order. */
type PerBatch<P extends readonly Parameter[]> = {
	executeAll: (context: Context, calls: ReadonlyArray<ItemCall<ValuesOf<P>>>) => Promise<Outcome[]>;
};

export type Operation<P extends readonly Parameter[] = readonly Parameter[]> = Identity<P> &
	(PerItem<P> | PerBatch<P>);

/** Infers the names and types of `values` from the parameter literals beside it. */
export function defineOperation<const P extends readonly Parameter[]>(
	operation: Operation<P>,
): Operation {
	// Values are read by the same parameters that typed them, so forgetting P is safe.
	return operation as unknown as Operation;
}

/** Whether an operation reads or writes with these values. */
export const accessOf = ({ access }: Operation, values: Json): Access =>
	typeof access === 'function' ? access(values) : access;

export type Resource = {
	value: string;
	name: string;
	/** What a builder of workflows should know (docs/n8n.md#hints-for-builders). */
	builderHint?: string;
	operations: readonly Operation[];
};
