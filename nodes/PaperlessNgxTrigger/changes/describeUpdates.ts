import { currentUserId, requireHistory } from '../../documents/documentHistories';
import type { Row } from '../../events/cursor';
import { meetsConditions } from '../../events/diffConditions';
import type { IdLookup } from '../../events/diffFromHistory';
import type { Entry } from '../../events/entrySchema';
import { actorsOf, namesIn } from '../../events/entrySchema';
import type { Picture } from '../../events/picture';
import { maxPictures, pictureFields, pictureOf, withPictures } from '../../events/picture';
import type { Context, Json } from '../../toolkit/operation';
import type { TriggerValues } from '../triggerParameters';
import type { FilteredChanges } from './documentEvent';
import { fetchUpdates } from './fetchUpdates';
import { presentDiffs } from '../../documents/output/presentDiffs';
import { asksWho, needsHistory } from './needsHistory';
import { updateConditions } from './updateConditions';
import type { Update } from './updateDiff';
import { isUpdateBy, updateDiff } from './updateDiff';

/** What the items of updated documents show, by id. An update that is absent is not reported. */
export type UpdateDetails = ReadonlyMap<number, Json>;

/**
 * The pictures of the documents that changed last, which are the likeliest to change again.
 * Rejects conditions that could never be met now, since an activation shows the message.
 */
export async function startPictures(context: Context, values: TriggerValues): Promise<Picture[]> {
	await updateConditions(context, values);
	if (values.changes.skipOwn) await requireHistory(context);
	const query = { fields: pictureFields, ordering: '-modified,-id' };
	const rows = await context.api.documents.list(query, { limit: maxPictures });
	return withPictures([], rows.map((row) => pictureOf(row)).reverse());
}

/** The tags that a document has and had. */
const tagsOf = ({ document, picture }: Update): number[] => [
	...(document.tags ?? []),
	...(picture?.tags ?? []),
];

/** Asks for tags and custom fields only if these entries name any. */
async function idLookupFor({ names }: Context, entries: readonly Entry[]): Promise<IdLookup> {
	const written = namesIn(entries);
	const tags = await names.idsNamed('tag', written.tags);
	const customFields = await names.idsNamed('customField', written.customFields);
	return {
		tag: (name) => tags.get(name) ?? name,
		customField: (name) => customFields.get(name) ?? name,
	};
}

/** Describes the updates that match the filters and meet the conditions, and takes new pictures. */
export async function describeUpdates(
	context: Context,
	values: TriggerValues,
	filtered: FilteredChanges,
	before: readonly Picture[],
): Promise<{ pictures: Picture[]; details: UpdateDetails }> {
	const conditions = await updateConditions(context, values);
	const isConditional = Object.values(conditions).some(({ length }) => length > 0);
	const { updates, newPictures } = await fetchUpdates(
		context,
		filtered,
		before,
		isConditional || !asksWho(values)
			? (update) => needsHistory(values, update, conditions)
			: undefined,
	);
	const isSkipping = values.changes.skipOwn && updates.length > 0;
	const skippedUser = isSkipping ? await currentUserId(context) : undefined;
	const entries = updates.flatMap((update) => update.entries ?? []);
	// Whatever names of tags are needed, most of them are those of these documents.
	context.names.expect('tag', updates.flatMap(tagsOf));
	const lookup = await idLookupFor(context, entries);
	const reported = updates
		.map((update) => ({ update, diff: updateDiff(update, lookup) }))
		.filter(({ update, diff }) => meetsConditions(diff, update.document.tags ?? [], conditions))
		.filter(
			({ update, diff }) => skippedUser === undefined || !isUpdateBy(skippedUser, update, diff),
		);
	const { include = true } = values.changes;
	const presented = include
		? await presentDiffs(
				context,
				reported.map(({ diff }) => diff),
			)
		: [];
	return {
		pictures: withPictures(before, newPictures),
		details: new Map(
			reported.map(({ update }, at) => [
				update.document.id,
				include ? { changed_by: actorsOf(update.entries ?? []), changes: presented[at] } : {},
			]),
		),
	};
}

/** The last update of a document as its history shows it, for a test in the editor. */
export async function sampleUpdate(
	context: Context,
	values: TriggerValues,
	row: Row,
): Promise<Json> {
	const { modified: horizon } = row;
	const change = { row, isNew: false, horizon, seenAt: context.now(), isFound: true };
	const filtered: FilteredChanges = { changes: [change], query: {} };
	const { details } = await describeUpdates(context, { ...values, changes: {} }, filtered, []);
	return details.get(row.id) ?? {};
}
