import type { Kind, ObjectOf } from '../../../api/kinds';
import { asError, mayBeTaken, PaperlessError } from '../../../api/errors';
import { sayingCreated } from '../../../api/nameCreator';
import { notYetSo, requireAsAsked } from '../../../api/requireAsAsked';
import { foldedName } from '../../../api/readName';
import type { Permissions } from '../../../api/schemas/document';
import type { Grants } from '../../../api/grants';
import { chosenLists, grantsAfter, grantsOf, isSameGrants, noGrants } from '../../../api/grants';
import { namingOf } from '../../../documents/output/namingOf';
import { attempt } from '../../../toolkit/attempt';
import type { Context, Json, Output } from '../../../toolkit/operation';
import { changesBetween, namedChanges } from '../shared/changesBetween';
import type { Editable } from './editable';
import { outputOf } from './readable';
import type { Written } from './written';

type Fields = Readonly<Record<string, unknown>>;

const splitPermissions = ({ set_permissions: permissions, ...fields }: Fields) => ({
	permissions: permissions as Permissions | undefined,
	fields,
});

const pick = (fields: Fields, names: readonly string[]): Json =>
	Object.fromEntries(names.map((name) => [name, fields[name]]));

const fullGrants = async <K extends Kind, Draft extends object>(
	{ api }: Context,
	{ collection }: Editable<K, Draft>,
	id: number,
): Promise<Grants> => grantsOf(await collection(api).get(id, { full_perms: 'true' }));

function requireGrants(wanted: Grants, found: Grants): void {
	if (isSameGrants(wanted, found)) return;
	requireAsAsked({ permissions: wanted }, { permissions: found });
}

/**
 * Changes the fields that an object does not have yet, and nothing if it has them all. Throws an
 * error of the kind `unexpectedReply` if the server stores something else.
 */
export async function writeFields<K extends Kind, Draft extends object>(
	context: Context,
	editable: Editable<K, Draft>,
	before: ObjectOf<K>,
	asked: Partial<Draft>,
): Promise<Written<ObjectOf<K>>> {
	const { permissions, fields } = splitPermissions(asked as Fields);
	const names = notYetSo(fields, before, editable.sameness);
	const missing = pick(fields, names);
	const grants = permissions && (await fullGrants(context, editable, before.id));
	const wanted = permissions && grants && grantsAfter(grants, permissions, false);
	const isGranted = !wanted || !grants || isSameGrants(wanted, grants);
	const given = !isGranted && { set_permissions: chosenLists(wanted, permissions) };
	const body = { ...missing, ...given } as Partial<Draft>;
	if (Object.keys(body).length === 0) return { before, after: before, fields: [] };
	const repeated = editable.repeated?.(before) ?? {};
	const after = await editable.collection(context.api).update(before.id, { ...repeated, ...body });
	await context.names.replace(editable.kind, after);
	requireAsAsked({ ...repeated, ...missing }, after, editable.sameness);
	if (isGranted) return { before, after, fields: names };
	const found = await fullGrants(context, editable, before.id);
	requireGrants(grantsAfter(found, permissions, false), found);
	return { before, after, fields: names, grants: { before: grants, after: found } };
}

/** `path`: the id of the parent that the path names, or `null` while there is none. */
function requireOneParent(name: string, path: number | null, parent: unknown): void {
	if (parent === undefined || parent === path) return;
	throw new PaperlessError('invalid', `“Parent” contradicts the path “${name}”`, {
		description: 'Enter the path under “Name” alone, or only its last part.',
		parameter: 'parent',
	});
}

/**
 * Creates an object. The name of a tag may be a path, whose missing parts are created. Throws an
 * error of the kind `unexpectedReply` if the server stores something else than was asked for.
 */
export async function writeNew<K extends Kind, Draft extends object>(
	context: Context,
	editable: Editable<K, Draft>,
	name: string,
	asked: Partial<Draft>,
): Promise<ObjectOf<K>> {
	const { owner, parent } = asked as Fields;
	const object = owner === null ? { owner } : {};
	const { names } = context;
	const draftAt = (last: string, above?: number) =>
		editable.newDraft({ ...asked, name: last, ...(above !== undefined && { parent: above }) });
	// Rejects what is not complete or contradicts itself before a parent is created for it.
	draftAt(name);
	const place = await names.placeFor(editable.kind, name);
	if (place.above.length > 0) requireOneParent(name, place.parent ?? null, parent);
	const draft = draftAt(place.name, await names.parentAt(place, object));
	const created = await editable
		.collection(context.api)
		.create(draft)
		.catch((thrown: unknown) => {
			throw sayingCreated(asError(thrown), place.missing);
		});
	await context.names.add(editable.kind, created);
	const { permissions, fields } = splitPermissions(draft as Fields);
	requireAsAsked(fields, created, editable.sameness);
	if (permissions) {
		const found = await fullGrants(context, editable, created.id);
		requireGrants(grantsAfter(noGrants, permissions, false), found);
	}
	return created;
}

/**
 * Changes the object with this name, or creates it. If another execution creates the name at the same
 * time, its object is changed.
 */
export async function writeNamed<K extends Kind, Draft extends object>(
	context: Context,
	editable: Editable<K, Draft>,
	name: string,
	asked: Partial<Draft>,
): Promise<
	| { written: Written<ObjectOf<K>>; created?: undefined }
	| { written?: undefined; created: ObjectOf<K> }
> {
	const { kind, write = writeFields } = editable;
	const { names } = context;
	const change = async (existing: ObjectOf<K>) => {
		const { parent } = asked as Fields;
		const isPath = foldedName(existing.name) !== foldedName(name);
		if (isPath) requireOneParent(name, Number((existing as Fields).parent), parent);
		return { written: await write(context, editable, existing, asked) };
	};
	const existing = await names.existing(kind, name, 'name');
	if (existing) return await change(existing);
	const created = await attempt(() => writeNew(context, editable, name, asked));
	if (!(created instanceof Error)) return { created };
	if (mayBeTaken(created)) {
		await names.reread(kind);
		const raced = await names.existing(kind, name, 'name');
		if (raced) return await change(raced);
	}
	throw created;
}

/** What became different in an object, in words. */
export async function changesOf<K extends Kind, Draft extends object>(
	context: Context,
	editable: Editable<K, Draft>,
	{ before, after, fields, grants }: Written<ObjectOf<K>>,
): Promise<Json> {
	const { hidden = [] } = editable;
	const shown = fields.filter((name) => !hidden.includes(name));
	const { facts = (row: ObjectOf<K>) => pick(row, shown) } = editable;
	const replaced = fields.flatMap((name) => (hidden.includes(name) ? [[name, 'replaced']] : []));
	const changed =
		before === after
			? {}
			: await namedChanges(context, await facts(before, context), await facts(after, context));
	const naming = grants && (await namingOf(context, [grants.before, grants.after]));
	const granted =
		grants && naming ? changesBetween(naming.named(grants.before), naming.named(grants.after)) : {};
	return { ...changed, ...granted, ...Object.fromEntries(replaced) };
}

/** The output for a change: the object as it is now, and what became different. */
export async function changeOutput<K extends Kind, Draft extends object>(
	context: Context,
	editable: Editable<K, Draft>,
	written: Written<ObjectOf<K>>,
	values: { simple: boolean },
	more: Json = {},
): Promise<Output[]> {
	const changes = await changesOf(context, editable, written);
	const updated = Object.keys(changes).length > 0;
	return await outputOf(context, editable, written.after, values, { ...more, updated, changes });
}
