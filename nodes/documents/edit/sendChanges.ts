import { atMost } from '../../api/atMost';
import type { BulkEdit } from '../../api/bulkEdit';
import { documentsPerRequest } from '../../api/documents';
import { asError, isPaperlessError } from '../../api/errors';
import type { PaperlessClient } from '../../api/paperlessClient';
import type { Document, DocumentChanges } from '../../api/schemas/document';
import { groupBy } from '../../toolkit/groupBy';
import { chunks, documentsById } from '../documentsById';
import { missingDocument } from '../missingDocuments';
import type { Archive } from './expectedState';
import type { Change } from './changePlan';
import { isShareable, planAlone, sharedEdits, writesLinks } from './changePlan';

/**
 * What came of sending a change. `row` is the document, where the reply shows its final state;
 * `isPartial` says that a refused change may have been made in part.
 */
export type Sent = { refusal?: Error; isPartial?: boolean; row?: Document };

type Outcomes = Map<number, Sent>;

const changesAtOnce = 4;

/** A refusal says which permission is missing, but not that only owners may do this. */
function withOwnerRule(error: Error, { difference }: Change): Error {
	return difference.owner !== undefined && isPaperlessError(error, 'forbidden')
		? error.adding('Only its owner may change the owner and the permissions of a document.')
		: error;
}

/**
 * A PATCH replaces all custom fields of a document. Somebody may have changed others of them since
 * the document was read, so those stay as they are now.
 */
async function withPresentFields(
	api: PaperlessClient,
	{ id, intent, difference }: Change,
	patch: DocumentChanges,
): Promise<DocumentChanges> {
	const { customFields } = difference;
	if (patch.custom_fields === undefined || !customFields || intent.customFields?.replace === true)
		return patch;
	const { custom_fields: present = [] } = await api.documents.get(id, {
		fields: 'id,custom_fields',
	});
	const fields = new Map(present.map(({ field, value }) => [field, value]));
	for (const field of customFields.remove) fields.delete(field);
	for (const [field, value] of Object.entries(customFields.set)) fields.set(Number(field), value);
	return { ...patch, custom_fields: [...fields].map(([field, value]) => ({ field, value })) };
}

/** Makes a change of one document. */
export async function sendAlone(
	api: PaperlessClient,
	change: Change,
	archive: Archive,
): Promise<Sent> {
	const { patch: planned, edits } = planAlone(change, archive);
	let row: Document | undefined;
	let steps = 0;
	try {
		const patch = await withPresentFields(api, change, planned);
		if (Object.keys(patch).length > 0) {
			row = await api.documents.update(change.id, patch);
			steps += 1;
		}
		for (const edit of edits) {
			await api.documents.bulkEdit([change.id], edit);
			steps += 1;
		}
		return row && edits.length === 0 ? { row } : {};
	} catch (thrown) {
		const error = asError(thrown);
		const isGone =
			isPaperlessError(error, 'notFound') ||
			(isPaperlessError(error, 'invalid') && 'documents' in error.fields);
		const refusal = isGone ? missingDocument(change.id) : withOwnerRule(error, change);
		return { refusal, isPartial: steps > 0 };
	}
}

/** Sends one edit. Returns the documents that were refused, or `undefined` to decide one by one. */
async function sendEdit(
	api: PaperlessClient,
	ids: readonly number[],
	edit: BulkEdit,
): Promise<Map<number, Error> | undefined> {
	const refused = await api.documents.bulkEdit(ids, edit).then(() => undefined, asError);
	if (refused === undefined) return new Map();
	if (isPaperlessError(refused, 'forbidden')) return undefined;
	if (isPaperlessError(refused, 'invalid')) {
		// One unknown id refuses the whole request (docs/paperless-api.md#unknown-ids).
		const present = await documentsById(api, ids, { fields: 'id' });
		if (present.size < ids.length) {
			const rest = ids.filter((id) => present.has(id));
			const again = rest.length > 0 ? await sendEdit(api, rest, edit) : new Map<number, Error>();
			const missing = ids.filter((id) => !present.has(id));
			return (
				again && new Map([...again, ...missing.map((id) => [id, missingDocument(id)] as const)])
			);
		}
	}
	return new Map(ids.map((id) => [id, refused]));
}

async function sendTogether(
	api: PaperlessClient,
	changes: readonly [Change, ...Change[]],
	archive: Archive,
): Promise<Outcomes> {
	const outcomes: Outcomes = new Map();
	for (const chunk of chunks(changes, documentsPerRequest)) {
		let rest = chunk;
		let steps = 0;
		for (const edit of sharedEdits(changes[0].difference)) {
			const ids = rest.map(({ id }) => id);
			const refusals = ids.length > 0 ? await sendEdit(api, ids, edit) : new Map<number, Error>();
			if (refusals === undefined) {
				// The user may change some of the documents, and only single requests show which.
				for (const change of rest) outcomes.set(change.id, await sendAlone(api, change, archive));
				rest = [];
			} else {
				for (const [id, refusal] of refusals) outcomes.set(id, { refusal, isPartial: steps > 0 });
				steps += 1;
				rest = rest.filter(({ id }) => !refusals.has(id));
			}
		}
		for (const { id } of rest) outcomes.set(id, {});
	}
	return outcomes;
}

/**
 * Makes changes, each of another document. Equal changes share requests. Links are written one after
 * the other, because each of them also changes the documents at its other end.
 */
export async function sendChanges(
	api: PaperlessClient,
	changes: readonly Change[],
	archive: Archive,
): Promise<Outcomes> {
	const outcomes: Outcomes = new Map();
	const alone: Change[] = changes.filter((change) => !isShareable(change, archive));
	const shareable = changes.filter((change) => isShareable(change, archive));
	for (const group of groupBy(shareable, ({ difference }) => difference)) {
		if (group.length === 1) alone.push(group[0]);
		else for (const [id, sent] of await sendTogether(api, group, archive)) outcomes.set(id, sent);
	}
	const atOnce = atMost(alone.some((change) => writesLinks(change, archive)) ? 1 : changesAtOnce);
	await Promise.all(
		alone.map((change) =>
			atOnce(async () => outcomes.set(change.id, await sendAlone(api, change, archive))),
		),
	);
	return outcomes;
}
