import { classificationKinds } from './classification.mts';
import {
	boolean,
	choice,
	dictionary,
	integer,
	list,
	mergeGrants,
	owner,
	setPermissions,
	validate,
	wrong,
} from './fields.mts';
import type { Check } from './fields.mts';
import { readFilters } from './filters.mts';
import { Query, data, ok, plain } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import type { Kind } from './objects.mts';
import { isFree, may, mayChange, maySee } from './permissions.mts';
import type { Grants, Matching } from './store.mts';

interface Body {
	objects?: number[];
	object_type: keyof typeof classificationKinds;
	operation: 'set_permissions' | 'delete';
	owner?: number | null;
	permissions?: Partial<Grants>;
	merge: boolean;
	all: boolean;
	filters?: object;
}

const ids: Check = (value, store) => {
	const empty = store.profile.documentVersions ? undefined : 'This list may not be empty.';
	const given = list(integer())(value, store) as number[];
	return given.length === 0 && empty ? wrong(empty) : given;
};

const fieldsOf = ({ profile }: Call) => ({
	objects: { check: ids, required: !profile.documentVersions },
	object_type: { check: choice(...Object.keys(classificationKinds)), required: true },
	operation: { check: choice('set_permissions', 'delete'), required: true },
	owner,
	permissions: { check: dictionary },
	merge: { check: boolean, initial: () => false },
	...(profile.documentVersions && {
		all: { check: boolean, initial: () => false },
		filters: { check: dictionary },
	}),
});

/**
 * With `all` the server ignores invalid and unknown filters, so the request affects all objects.
 */
function chosen(call: Call, kind: Kind<Matching>, { objects, all, filters }: Body): Matching[] {
	const table = kind.table(call);
	if (all) {
		const pairs = Object.entries(filters ?? {}).map(([name, value]) => [name, String(value)]);
		const query = new Query(pairs as [string, string][]);
		const { tests } = readFilters({ ...call, query }, kind.filters ?? {});
		return table.filter((row) => maySee(row, call.user) && tests.every((test) => test(row)));
	}
	if (objects === undefined) return wrong('objects is required unless all is true.');
	if (objects.length === 0) return wrong('objects must not be empty');
	const rows = new Set(objects.map((id) => table.get(id)));
	if (rows.has(undefined) || rows.size < objects.length)
		return wrong("Some ids in objects don't exist or were specified twice.");
	return [...rows] as Matching[];
}

function bulkEditObjects(call: Call): Reply {
	const { store, profile, user } = call;
	const body = validate(fieldsOf(call), data(call), store, false) as unknown as Body;
	const kind = classificationKinds[body.object_type];
	const rows = chosen(call, kind, body);
	const { operation, permissions, merge } = body;
	if (permissions) setPermissions.check(permissions, store);
	const deletes = operation === 'delete';
	const isForOwners = deletes || !profile.documentVersions || profile.like33;
	const allowed = isForOwners ? isFree : mayChange;
	const right = `${deletes ? 'delete' : 'change'}_${kind.model}`;
	if (!may(store, user, right) || !rows.every((row) => allowed(row, user)))
		return plain(403, 'Insufficient permissions');
	for (const row of rows) {
		if (deletes) {
			kind.remove?.(row, call);
			kind.table(call).delete(row.id);
			continue;
		}
		if (body.owner !== undefined && (!merge || row.owner === null)) row.owner = body.owner;
		if (permissions) row.grants = mergeGrants(row.grants, permissions, merge);
	}
	return ok({ result: 'OK' });
}

export const bulkEditObjectsRoutes: Route[] = [
	{ path: 'bulk_edit_objects/', parsers: ['json'], on: { POST: bulkEditObjects } },
];
