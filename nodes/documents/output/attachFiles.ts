import { atMost } from '../../api/atMost';
import type { Rendition } from '../../api/documentFiles';
import { attempt } from '../../toolkit/attempt';
import type { Context, Json, Output } from '../../toolkit/operation';
import { withFile } from './withFile';

const downloadsAtOnce = 4;

type Limit = ReturnType<typeof atMost>;

/** All input items of an execution share one limit, because several of them run at the same time. */
const limits = new WeakMap<Context, Limit>();

function limitOf(context: Context): Limit {
	const limit = limits.get(context) ?? atMost(context.itemsAtOnce ?? downloadsAtOnce);
	limits.set(context, limit);
	return limit;
}

/**
 * Items about documents, with their files where a file is asked for. After the first download that
 * fails no other begins.
 */
export async function attachFiles(
	context: Context,
	documents: ReadonlyArray<{ id: number; json: Json }>,
	rendition: Rendition | undefined,
): Promise<Output[]> {
	if (rendition === undefined) return documents.map(({ json }) => ({ json }));
	const limit = limitOf(context);
	let failure: Error | undefined;
	const outputs = await Promise.all(
		documents.map(({ id, json }) =>
			limit(async () => {
				if (failure) return [];
				const output = await attempt(() => withFile(context, id, rendition, json));
				if (!(output instanceof Error)) return [output];
				failure ??= output;
				return [];
			}),
		),
	);
	if (failure) throw failure;
	return outputs.flat();
}
