import type { ListOptions } from '../../../api/readAll';
import { hintAtLimit } from '../../../toolkit/hintAtLimit';
import type { Context } from '../../../toolkit/operation';
import type { ValuesOf } from '../../../toolkit/parameter';
import type { returnAllOrLimit } from './returnAllOrLimit';
import { limitOf } from './returnAllOrLimit';

type UpTo = { limit: number | undefined; onCount: NonNullable<ListOptions['onCount']> };

/** The rows of a list up to the limit that the user has set. A hint says what it cut. */
export async function upToLimit<Row>(
	context: Context,
	values: ValuesOf<typeof returnAllOrLimit>,
	plural: string,
	list: (options: UpTo) => Promise<readonly Row[]>,
): Promise<Row[]> {
	const limit = limitOf(values);
	let count: number | undefined;
	const found = await list({
		limit,
		onCount: (all) => {
			count = all;
		},
	});
	const rows = found.slice(0, limit);
	hintAtLimit(context, { shown: rows.length, count: count ?? found.length, plural });
	return rows;
}
