import { PaperlessError } from '../../../api/errors';
import { editDocuments } from '../../../documents/edit/editDocuments';
import { PlannedNames } from '../../../documents/edit/plannedNames';
import type { Context } from '../../../toolkit/operation';

/**
 * Replaces one tag by another on all documents, and looks whether they have it. Returns how many
 * documents there were. With `dryRun` it only checks and counts them.
 */
export async function moveDocuments(
	context: Context,
	from: number,
	to: number,
	dryRun: boolean,
): Promise<number> {
	const documents = await context.api.documents.list({
		tags__id__all: String(from),
		fields: 'id',
		ordering: 'id',
	});
	const ids = documents.map(({ id }) => id);
	const [reports = new Map()] = await editDocuments(
		context,
		[{ ids, intent: { tags: { add: [to], remove: [from] } } }],
		new PlannedNames(context.names),
		dryRun,
	);
	const refusals = [...reports.values()].filter((report) => report instanceof Error);
	const [refusal] = refusals;
	if (refusal === undefined) return ids.length;
	throw new PaperlessError(
		'invalid',
		`${refusals.length} of ${ids.length} documents could not be moved to the other tag`,
		{ description: `The tag was therefore not deleted. ${refusal.message}` },
	);
}
