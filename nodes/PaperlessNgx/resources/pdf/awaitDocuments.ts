import { until } from '../../../api/until';
import { documentsById } from '../../../documents/documentsById';
import { fieldsQuery, simplified } from '../../../documents/output/presentation';
import { present } from '../../../documents/output/present';
import type { Context, Json, Output } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';

export const waitParameters = [
	{
		displayName: 'Wait for Result',
		name: 'waitForResult',
		type: 'boolean',
		default: true,
		description: 'Whether to wait for the server to finish and return the resulting documents',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { waitForResult: [true] } },
		default: 300,
		description: 'Seconds to wait; unfinished work is returned with the status “pending”',
	},
] as const satisfies readonly Parameter[];

export type WaitValues = ValuesOf<typeof waitParameters>;

/** The server has taken the order, and its result is not known yet. */
export const pendingOutput = (documents: readonly number[], details: Json = {}): Output[] => [
	{ json: { status: 'pending', documents, ...details } },
];

export async function finishedOutput(context: Context, ids: readonly number[]): Promise<Output[]> {
	const documents = await documentsById(context.api, ids, fieldsQuery(simplified));
	const json = await present(context, [...documents.values()], simplified);
	return json.map((document) => ({ json: { status: 'done', ...document } }));
}

/** Looks until `find` returns the ids of the resulting documents; undefined after `seconds`. */
export async function awaitDocuments(
	context: Context,
	seconds: number,
	find: () => Promise<readonly number[] | undefined>,
): Promise<Output[] | undefined> {
	const { api, now } = context;
	const pace = { first: 500, longest: 3_000, timeout: seconds * 1000 };
	const ids = await until({ wait: api.wait, now }, find, pace);
	return ids && (await finishedOutput(context, ids));
}
