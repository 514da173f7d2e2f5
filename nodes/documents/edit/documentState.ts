import { isRecord } from '../../api/json';
import type { Document } from '../../api/schemas/document';
import type { ValueField } from '../../events/documentDiff';
import { valueFields } from '../../events/documentDiff';
import type { DocumentIntent } from './documentIntent';

/** Ids in ascending order. */
export type FullGrants = { users: readonly number[]; groups: readonly number[] };

/** A document, as far as it was read. */
export type DocumentState = {
	values: Partial<Record<ValueField, unknown>>;
	content?: string;
	/** Ids */
	tags?: readonly number[];
	/** Values by field id; a field without a value is `null`. */
	customFields?: ReadonlyMap<number, unknown>;
	permissions?: { view: FullGrants; change: FullGrants };
};

/** The fields that intents concern, in the words of the server. */
export function concernedFields(intents: readonly DocumentIntent[]): Set<string> {
	const fields = new Set<string>();
	for (const { values = {}, content, tags, customFields, permissions } of intents) {
		for (const field of Object.keys(values)) fields.add(field);
		if (content !== undefined) fields.add('content');
		if (tags) fields.add('tags');
		if (customFields) fields.add('custom_fields');
		// A change of the owner and a change of the grants go in one request.
		if (permissions || 'owner' in values) fields.add('owner').add('permissions');
	}
	return fields;
}

const ascending = (ids: unknown): number[] =>
	Array.isArray(ids) ? ids.map(Number).sort((a, b) => a - b) : [];

const grantsOf = (grants: unknown): FullGrants => {
	const { users, groups } = isRecord(grants) ? grants : {};
	return { users: ascending(users), groups: ascending(groups) };
};

const valueOf = (row: Document, field: ValueField): unknown =>
	// A time on servers before 2.16.
	field === 'created' ? row.created?.slice(0, 10) : row[field];

/** The state in a row of the server, as far as its fields are concerned. */
export function stateOf(row: Document, fields: ReadonlySet<string>): DocumentState {
	const values = valueFields
		.filter((field) => fields.has(field))
		.map((field) => [field, valueOf(row, field) ?? null] as const);
	const { permissions } = row;
	return {
		values: Object.fromEntries(values),
		...(fields.has('content') && { content: row.content ?? '' }),
		...(fields.has('tags') && { tags: row.tags ?? [] }),
		...(fields.has('custom_fields') && {
			customFields: new Map(
				(row.custom_fields ?? []).map(({ field, value }) => [field, value ?? null]),
			),
		}),
		// The reply to a change shows more than was read before.
		...(fields.has('permissions') &&
			isRecord(permissions) && {
				permissions: { view: grantsOf(permissions.view), change: grantsOf(permissions.change) },
			}),
	};
}
