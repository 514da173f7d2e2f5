import { PaperlessError } from '../../api/errors';
import type { Query } from '../../api/httpTransport';
import { filtersFrom } from '../../documents/filters/filtersFrom';
import { hasPassed, hour } from '../../events/hasPassed';
import { RangeSet } from '../../events/rangeSet';
import type { Context } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import { isChosen } from './isChosen';
import type { DocumentEvent, DocumentState, FilteredChanges, FoundEvents } from './documentEvent';
import { documentsAmong, idSet, matchingRows, rowFields, rowsOf } from './matchingRows';
import { paceOf } from './paceOf';

type Matching = NonNullable<DocumentState['matching']>;

/** Without a filter every document always matches. */
async function requiredFilter(context: Context, values: TriggerValues): Promise<Query> {
	const { query } = await filtersFrom(context, values.filters);
	if (Object.keys(query).length > 0) return query;
	throw new PaperlessError('invalid', 'There is no filter that a document could match', {
		description: 'Add a filter, e.g. a saved view, or trigger on “Document Updated”.',
		parameter: 'filters',
	});
}

/** The ids that match, which are not reported; none if existing documents are to be reported. */
export async function startMatching(
	context: Context,
	values: TriggerValues,
	emitExisting: boolean,
): Promise<Matching> {
	const rows = emitExisting
		? []
		: await matchingRows(context, await requiredFilter(context, values));
	return { ids: idSet(rows).toString(), comparedAt: context.now() };
}

/** Time alone, or the deletion of a tag, changes which documents match without any change of a row. */
export const isComparisonDue = ({ comparedAt }: Matching, now: number): boolean =>
	hasPassed(hour, comparedAt, now);

/**
 * Finds documents that started or stopped matching the filters: among the changed documents at
 * once, and among all documents when a comparison is due.
 */
export async function filterMatches(
	context: Context,
	values: TriggerValues,
	{ changes, query }: FilteredChanges,
	before: Matching,
): Promise<FoundEvents> {
	const known = RangeSet.parse(before.ids);
	const isDue = isComparisonDue(before, context.now());
	const changedIds = [...new Set(changes.map(({ row }) => row.id))];
	const rows = isDue
		? await matchingRows(context, query)
		: rowsOf(await documentsAmong(context, changedIds, { ...query, fields: rowFields }));
	const matching = idSet(rows);
	const entering = rows.filter(({ id }) => !known.has(id));
	const candidates = isDue ? known.ids() : changedIds.filter((id) => known.has(id));
	const leaving = candidates.filter((id) => !matching.has(id));
	// A comparison may find far more than changed. Whatever exceeds the portion is still due then.
	const { portion } = paceOf(values);
	const [entered, leftIds] = [entering.slice(0, portion), leaving.slice(0, portion)];
	const isDone = entered.length === entering.length && leftIds.length === leaving.length;
	// A deleted document has no row any more, and its deletion is a separate event.
	const left = rowsOf(await documentsAmong(context, leftIds, { fields: rowFields }));
	const eventsOf = (event: DocumentEvent['event'], of: typeof left): DocumentEvent[] =>
		isChosen(values, event) ? of.map((row) => ({ event, ...row })) : [];
	return {
		state: {
			matching: {
				ids: known
					.without(leftIds)
					.with(entered.map(({ id }) => id))
					.toString(),
				comparedAt: isDue && isDone ? context.now() : before.comparedAt,
			},
		},
		events: [
			...eventsOf('documentMatchesFilter', entered),
			...eventsOf('documentNoLongerMatches', left),
		],
	};
}
