import type { Query } from '../api/httpTransport';
import type { Context } from '../toolkit/operation';
import { hintAtLimit } from '../toolkit/hintAtLimit';
import { asksIndex } from './filters/filtersFrom';

const number = new Intl.NumberFormat('en-US');

/** How many documents an operation returns, and how many the server has found. */
type Found = { shown: number; count: number };

/** The search index follows a change within this time, unless the server has much to do. */
const indexLag = 60_000;

/** Says what a limit left out, and what several documents mean for the next node. */
export function hintAtDocuments(context: Context, { shown, count }: Found): void {
	hintAtLimit(context, { shown, count, plural: 'documents' });
	if (shown > 1) context.hint?.('items', 'The next node runs once for each document.');
}

/** The number of all documents, asked once per run. */
const sizes = new WeakMap<Context['api'], Promise<number>>();

function sizeOfArchive(api: Context['api']): Promise<number> {
	const size =
		sizes.get(api) ?? api.documents.page({ fields: 'id' }, 1, 1).then(({ count }) => count);
	sizes.set(api, size);
	return size;
}

/** Says so where filters match every document, as filters do that were meant otherwise. */
export async function hintAtEverything(
	{ api, hint }: Context,
	filters: Query,
	count: number,
): Promise<void> {
	if (!hint || count < 2 || Object.keys(filters).length === 0 || asksIndex(filters)) return;
	if (count < (await sizeOfArchive(api))) return;
	hint('everything', `The filters match all ${number.format(count)} documents of the archive.`);
}

/** Says so where a search found nothing although something changed a moment ago. */
export async function hintAtIndex(
	{ api, hint, now }: Context,
	query: Query,
	count: number,
): Promise<void> {
	if (!hint || count > 0 || !asksIndex(query)) return;
	const { results } = await api.documents.page(
		{ fields: 'id,modified', ordering: '-modified' },
		1,
		1,
	);
	const changed = Date.parse(String(results[0]?.modified));
	if (!(changed > now() - indexLag)) return;
	hint(
		'index',
		'A document was added or changed within the last minute. The search index may not know it yet; filters do.',
	);
}
