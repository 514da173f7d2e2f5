import type { NameDirectory } from '../api/nameDirectory';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Capability } from '../api/server';
import type { Files, StoredFile } from './files';
import type { Parameter, ValuesOf } from './parameter';

export type Json = Record<string, unknown>;

/** One output item. It is linked to the input item that it came from. */
export type Output = { json: Json; binary?: Record<string, StoredFile> };

/** What an item came to: its outputs, or what stood in the way. */
export type Outcome = Output[] | Error;

/** The same for all items of one execution. */
export type Context = {
	api: PaperlessClient;
	names: NameDirectory;
	files: Files;
	/** Where people open Paperless-ngx, for links: the credential's public URL or its base URL. */
	webUrl: string;
	now: () => number;
	/** The workflow's, for times that are written without an offset. */
	timeZone: string;
	/** Reads on behalf of a model: what is told should be short. */
	forModel: boolean;
};

export type ItemCall<Values> = { itemIndex: number; values: Values };

type Identity<P> = {
	/** Stored in workflows; never changes once released. */
	value: string;
	name: string;
	action: string;
	description: string;
	/** Operations that write are refused by credentials that are set to Read Only. */
	access: 'read' | 'write';
	needs?: Capability;
	parameters: P;
};

type PerItem<P extends readonly Parameter[]> = {
	execute: (context: Context, values: ValuesOf<P>, itemIndex: number) => Promise<Output[]>;
};

/** Sees all items at once, so that those which ask for the same can share a request. One outcome an item, in order. */
type PerBatch<P extends readonly Parameter[]> = {
	executeAll: (context: Context, calls: ReadonlyArray<ItemCall<ValuesOf<P>>>) => Promise<Outcome[]>;
};

export type Operation<P extends readonly Parameter[] = readonly Parameter[]> = Identity<P> &
	(PerItem<P> | PerBatch<P>);

/** Names and types of `values` follow from the parameter literals beside it. */
export function defineOperation<const P extends readonly Parameter[]>(
	operation: Operation<P>,
): Operation {
	// Values are read by the same parameters that typed them, so forgetting P is safe.
	return operation as unknown as Operation;
}

export type Resource = {
	value: string;
	name: string;
	operations: readonly Operation[];
};
