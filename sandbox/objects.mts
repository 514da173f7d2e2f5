import { boolean, validate } from './fields.mts';
import type { Field } from './fields.mts';
import { applyFilters } from './filters.mts';
import type { Filters } from './filters.mts';
import { created, data, detail, noContent, ok } from './http.mts';
import type { Call, Handler, Route } from './http.mts';
import { orderBy, paginate } from './objectList.mts';
import type { Sortings } from './objectList.mts';
import type { Row, Table } from './store.mts';

export type Occasion = 'list' | 'detail' | 'created' | 'changed';

/** A kind of object with the usual five requests. */
export interface Kind<T extends Row> {
	path: string;
	model: string;
	/** The noun in `No Tag matches the given query.` */
	label: string;
	table(call: Call): Table<T>;
	fields(call: Call, existing: T | undefined): Record<string, Field>;
	/** Checks rules across several fields and returns the values for the store. */
	prepare?(values: Record<string, unknown>, call: Call, existing: T | undefined): Partial<T>;
	filters?: Filters<T>;
	sortings?(call: Call): Sortings<T>;
	defaultOrder: (a: T, b: T, call: Call) => number;
	visible?(row: T, call: Call): boolean;
	requireChange?(row: T, call: Call): void;
	show(rows: T[], call: Call, occasion: Occasion): Record<string, unknown>[];
	listExtras?(rows: T[], call: Call): Record<string, unknown>;
	saved?(row: T, call: Call, before: T | undefined): void;
	remove?(row: T, call: Call): void;
}

export function objectRoutes<T extends Row>(kind: Kind<T>): Route[] {
	const visible = (call: Call) =>
		kind.table(call).filter((row) => kind.visible?.(row, call) ?? true);
	const one = (call: Call): T => {
		const row = kind.table(call).get(idParam(call.params['id'] ?? ''));
		return row !== undefined && (kind.visible?.(row, call) ?? true)
			? row
			: detail(404, `No ${kind.label} matches the given query.`);
	};
	const list: Handler = (call) => {
		const found = applyFilters(call, visible(call), kind.filters ?? {});
		const ordered =
			orderBy(found, call.query.get('ordering'), kind.sortings?.(call) ?? {}) ??
			found.toSorted((a, b) => kind.defaultOrder(a, b, call));
		const { rows, envelope } = paginate(call, ordered, ({ id }) => id);
		const extras = kind.listExtras?.(ordered, call);
		return ok({ ...envelope, ...extras, results: kind.show(rows, call, 'list') });
	};
	const read = (call: Call, existing: T | undefined, partial: boolean): Partial<T> => {
		const fields = existing
			? withoutInitials(kind.fields(call, existing))
			: kind.fields(call, existing);
		const valid = validate(fields, formDefaults(call, fields, data(call)), call.store, partial);
		return kind.prepare ? kind.prepare(valid, call, existing) : (valid as Partial<T>);
	};
	const create: Handler = (call) => {
		const row = kind.table(call).add(read(call, undefined, false) as unknown as Omit<T, 'id'>);
		kind.saved?.(row, call, undefined);
		return created(kind.show([row], call, 'created')[0]);
	};
	const change =
		(partial: boolean): Handler =>
		(call) => {
			const row = one(call);
			kind.requireChange?.(row, call);
			const before = { ...row };
			Object.assign(row, read(call, row, partial));
			kind.saved?.(row, call, before);
			return ok(kind.show([row], call, 'changed')[0]);
		};
	const remove: Handler = (call) => {
		const row = one(call);
		kind.requireChange?.(row, call);
		kind.remove?.(row, call);
		kind.table(call).delete(row.id);
		return noContent();
	};
	const { path, model } = kind;
	return [
		{ path, model, on: { GET: list, POST: create } },
		{
			path: `${path}:id/`,
			model,
			on: {
				GET: (call) => ok(kind.show([one(call)], call, 'detail')[0]),
				PUT: change(false),
				PATCH: change(true),
				DELETE: remove,
			},
		},
	];
}

export const idParam = (text: string): number =>
	/^-?\d+$/.test(text) ? Number(text) : detail(404, 'Not found.');

/** Omitted fields of an existing object stay unchanged, even with PUT. */
export const withoutInitials = (fields: Record<string, Field>): Record<string, Field> =>
	Object.fromEntries(
		Object.entries(fields).map(([name, { check, required = false, nullable = false }]) => [
			name,
			{ check, required, nullable },
		]),
	);

/** Browsers omit an unchecked box from a form, so Django reads a missing box as false. */
function formDefaults(
	call: Call,
	fields: Record<string, Field>,
	body: Record<string, unknown>,
): Record<string, unknown> {
	if (call.body.kind !== 'form' || call.method === 'PATCH') return body;
	const boxes = Object.entries(fields).filter(([, { check }]) => check === boolean);
	return { ...Object.fromEntries(boxes.map(([name]) => [name, false])), ...body };
}
