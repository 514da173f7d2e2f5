import type { ListDiff } from '../../events/documentDiff';
import type { Context, Json } from '../../toolkit/operation';
import { seenCustomFields } from '../seenCustomFields';
import { byFieldName } from '../byFieldName';
import { namer } from '../output/namer';
import type { NameOf } from '../output/presentDiffs';
import { presentDiffs } from '../output/presentDiffs';
import type { EditDiff } from './diffOf';

type Holder = 'users' | 'groups';

const membersOf = (diffs: readonly EditDiff[], holder: Holder) =>
	diffs.flatMap(({ permissions }) =>
		Object.values(permissions).flatMap((lists) => {
			const diff = lists[holder];
			return diff ? [...diff.added, ...diff.removed] : [];
		}),
	);

/**
 * Edits as items show them, in the form in which triggers report changes. `nameOf` names what does
 * not exist yet.
 */
export async function presentEdits(
	context: Context,
	diffs: readonly EditDiff[],
	nameOf: NameOf,
): Promise<Json[]> {
	const [changes, users, groups] = await Promise.all([
		presentDiffs(context, diffs, nameOf),
		namer(context, 'user', membersOf(diffs, 'users')),
		namer(context, 'group', membersOf(diffs, 'groups')),
	]);
	const linksBack = diffs.some(({ linkedBack }) => linkedBack.size > 0);
	const definitions = linksBack ? await seenCustomFields(context) : undefined;
	const fieldName = (id: number) => definitions?.get(id)?.name ?? String(id);
	const present = { users, groups };
	const named = (holder: Holder, { added, removed }: ListDiff) => ({
		added: added.map(present[holder]),
		removed: removed.map(present[holder]),
	});
	return diffs.map(({ permissions, linkedBack }, at) => ({
		...changes[at],
		...(Object.keys(permissions).length > 0 && {
			permissions: Object.fromEntries(
				Object.entries(permissions).map(([action, { users: people, groups: teams }]) => [
					action,
					{
						...(people && { users: named('users', people) }),
						...(teams && { groups: named('groups', teams) }),
					},
				]),
			),
		}),
		...(linkedBack.size > 0 && {
			linked_back: byFieldName(
				[...linkedBack].map(([field, diff]) => [fieldName(field), diff] as const),
			),
		}),
	}));
}
