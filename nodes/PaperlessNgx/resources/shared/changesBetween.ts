import { isRecord } from '../../../api/json';
import { namer } from '../../../documents/output/namer';
import { membersBeside } from '../../../documents/edit/difference';
import type { Context, Json } from '../../../toolkit/operation';

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Values show `from` and `to`, and so do lists in another order. Other lists show what was `added` and
 * `removed`; equal ones are left out.
 */
export function changesBetween(before: Json, after: Json): Json {
	const changes = new Map<string, unknown>();
	for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
		const [from, to] = [before[key], after[key]];
		if (isSame(from, to)) continue;
		if (Array.isArray(from) && Array.isArray(to)) {
			const [added, removed] = [membersBeside(to, from), membersBeside(from, to)];
			const isReordered = added.length === 0 && removed.length === 0;
			changes.set(key, isReordered ? { from, to } : { added, removed });
		} else if (isRecord(from) && isRecord(to)) changes.set(key, changesBetween(from, to));
		else changes.set(key, { from: from ?? null, to: to ?? null });
	}
	return Object.fromEntries(changes);
}

/** Fields that hold the id of another object, or the ids of several. */
const kinds = {
	account: 'mailAccount',
	assign_correspondent: 'correspondent',
	assign_document_type: 'documentType',
	assign_tags: 'tag',
	groups: 'group',
	owner: 'user',
	parent: 'tag',
} as const;

/** The same with the names of other objects in place of their ids. */
export async function namedChanges(context: Context, before: Json, after: Json): Promise<Json> {
	const changes = changesBetween(before, after);
	for (const [key, kind] of Object.entries(kinds)) {
		const change = changes[key];
		if (!isRecord(change)) continue;
		const nameOf = await namer(context, kind, Object.values(change).flat());
		changes[key] = Object.fromEntries(
			Object.entries(change).map(([side, ids]) => [
				side,
				Array.isArray(ids) ? ids.map(nameOf) : nameOf(ids),
			]),
		);
	}
	return changes;
}
