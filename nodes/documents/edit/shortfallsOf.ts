import type { CustomField } from '../../api/schemas/named';
import type { ValueField } from '../../events/documentDiff';
import { samePermissions, sameValue } from './difference';
import type { DocumentState } from './documentState';
import type { Change } from './changePlan';
import { expectedPermissions } from './expectedState';

/** What a document has in place of what it should have; `subject` as the output names it. */
export type Shortfall =
	| { subject: ValueField; found: unknown }
	| { subject: 'content' | 'notes' | 'permissions' }
	| { subject: 'tags'; missing: readonly number[]; left: readonly number[] }
	| { subject: 'custom_fields'; field: number; found: unknown; isNotLinkedBack?: boolean };

/**
 * How a document differs from what an item asked for. What the server changed besides is not a
 * shortfall, because its own workflows may have done it.
 */
export function shortfallsOf(
	{ intent, difference }: Change,
	after: DocumentState,
	fields: ReadonlyMap<number, CustomField>,
): Shortfall[] {
	const { values, content, tags, customFields, permissions, owner } = difference;
	const wanted = [
		...Object.entries(values),
		...(owner !== undefined ? [['owner', owner]] : []),
	] as Array<[ValueField, unknown]>;
	const asked = [...(intent.tags?.set ?? []), ...(intent.tags?.add ?? [])];
	const hasTag = (id: number) => after.tags?.includes(id) === true;
	const missing = tags ? [...new Set([...asked, ...tags.add])].filter((id) => !hasTag(id)) : [];
	const left = tags?.remove.filter(hasTag) ?? [];
	const { set = {}, remove = [] } = customFields ?? {};
	const held = after.customFields ?? new Map<number, unknown>();
	const fieldIds = [
		...Object.keys(set)
			.map(Number)
			.filter((id) => !held.has(id) || !sameValue(fields.get(id), held.get(id), set[id])),
		...remove.filter((id) => held.has(id)),
	];
	// Asked for once more, they would change nothing.
	const isGranted =
		!permissions ||
		!intent.permissions ||
		!after.permissions ||
		samePermissions(after.permissions, expectedPermissions(after.permissions, intent.permissions));
	return [
		...wanted
			.filter(([subject, value]) => after.values[subject] !== value)
			.map(([subject]) => ({ subject, found: after.values[subject] ?? null })),
		...(content !== undefined && after.content !== content
			? [{ subject: 'content' } as const]
			: []),
		...(missing.length + left.length > 0 ? [{ subject: 'tags', missing, left } as const] : []),
		...fieldIds.map(
			(field) => ({ subject: 'custom_fields', field, found: held.get(field) ?? null }) as const,
		),
		...(isGranted ? [] : [{ subject: 'permissions' } as const]),
	];
}
