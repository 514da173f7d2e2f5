import { isPaperlessError } from '../../api/errors';
import type { ListDiff } from '../../events/documentDiff';
import type { Context, Json } from '../../toolkit/operation';
import { changedSubjects } from './describeShortfalls';
import type { EditDiff } from './diffOf';
import { diffOf } from './diffOf';
import type { DocumentState } from './documentState';
import type { PlannedNames } from './plannedNames';
import { presentEdits } from './presentEdits';

/** What an edit changed on a document, by name; nothing where the document was so already. */
export type EditReport = { changes: Json };

/** By the id of the document. */
export type EditResult = ReadonlyMap<number, EditReport | Error>;

/** A document before and after its edit. */
export type Finished = {
	before: DocumentState;
	after: DocumentState;
	linkedBack?: Map<number, ListDiff>;
};

/** What is known of the documents of one edit while others go on, by id. */
export type Interim = Map<number, (Finished & { error?: Error }) | Error>;

/** A change that is refused names the objects that were created for it. */
async function withCreations(
	result: EditResult,
	names: PlannedNames,
	planned: readonly number[],
): Promise<EditResult> {
	const created = await names.describe(planned);
	if (created.length === 0) return result;
	const words = `Created for this change: ${created.join(', ')}.`;
	return new Map(
		[...result].map(([id, report]) => [
			id,
			isPaperlessError(report) ? report.adding(words) : report,
		]),
	);
}

async function presentReports(
	context: Context,
	names: PlannedNames,
	interims: readonly Interim[],
): Promise<EditResult[]> {
	const diffs: EditDiff[] = [];
	const places = interims.map((interim) =>
		[...interim].map(([id, result]) => {
			if (result instanceof Error) return { id, error: result };
			const at = diffs.push(diffOf(result.before, result.after, result.linkedBack)) - 1;
			return { id, at, error: result.error };
		}),
	);
	const changes = await presentEdits(context, diffs, (id) => names.nameOf(id));
	return places.map((results) => {
		const reports = results.map(({ id, error, ...rest }): [number, EditReport | Error] => {
			const report = { changes: ('at' in rest ? changes[rest.at] : undefined) ?? {} };
			if (error === undefined) return [id, report];
			const known = changedSubjects(report.changes);
			return [id, isPaperlessError(error) && known !== '' ? error.adding(known) : error];
		});
		return new Map(reports);
	});
}

/** The changes of each edit by name, one result per edit. `planned`: the names that each may have created. */
export async function reportEdits(
	context: Context,
	names: PlannedNames,
	interims: readonly Interim[],
	planned: readonly number[][],
): Promise<EditResult[]> {
	const results = await presentReports(context, names, interims);
	return await Promise.all(
		results.map((result, at) => withCreations(result, names, planned[at] ?? [])),
	);
}
