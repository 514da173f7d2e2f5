import type { Document } from '../api/schemas/document';
import { documentHistories } from '../documents/documentHistories';
import { noteAuthors } from '../documents/noteAuthors';
import type { Entry } from '../events/entrySchema';
import { isAllByUser } from '../events/entrySchema';
import { microsecondsOf } from '../events/stamps';
import { registrationOf } from './registration';
import type { WebhookTriggerCall } from './webhookTriggerParameters';

const maxDocuments = 10_000;

/** In microseconds. */
const oneMinute = 60_000_000n;

/** By node and document: the latest entry that a delivery has shown, for the life of the process. */
const latestEntries = new Map<string, Map<number, number>>();

/** The entries since the last delivery about a document, or those of the last minute. */
function latestOf(
	{ key }: WebhookTriggerCall,
	{ id, modified }: Document,
	entries: readonly Entry[],
): Entry[] {
	const ofNode = latestEntries.get(key) ?? new Map<number, number>();
	latestEntries.set(key, ofNode);
	const before = ofNode.get(id);
	const latest = entries.at(-1)?.id ?? before;
	ofNode.delete(id);
	if (latest !== undefined) ofNode.set(id, latest);
	for (const old of [...ofNode.keys()].slice(0, -maxDocuments)) ofNode.delete(old);
	if (before !== undefined) return entries.filter((entry) => entry.id > before);
	const start = microsecondsOf(String(modified)) - oneMinute;
	return entries.filter(({ timestamp }) => microsecondsOf(timestamp) > start);
}

/**
 * Whether the credential's user, and nobody else, made the changes that a delivery is about. A
 * delivery does not say what has changed, so what the history does not show does not count.
 */
export async function isOwnUpdate(call: WebhookTriggerCall, document: Document): Promise<boolean> {
	const { user } = registrationOf(call) ?? {};
	if (user === undefined) return false;
	const { context } = call;
	const { id } = document;
	const entries = (await documentHistories(context, [id])).get(id) ?? [];
	const latest = latestOf(call, document, entries);
	if (latest.length === 0) return false;
	const [withNotes] = await context.api.documents.list({ id__in: String(id), fields: 'id,notes' });
	return isAllByUser(user, latest, [], noteAuthors(withNotes ?? document));
}
