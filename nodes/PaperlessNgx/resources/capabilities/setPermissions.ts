import type { ObjectEdit } from '../../../api/bulkEditObjects';
import { asError, PaperlessError } from '../../../api/errors';
import { requireAsAsked } from '../../../api/requireAsAsked';
import type { Grants } from '../../../api/grants';
import { chosenLists, grantsAfter, grantsOf, isSameGrants } from '../../../api/grants';
import { namingOf } from '../../../documents/output/namingOf';
import type { Context, Json, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { groupBy } from '../../../toolkit/groupBy';
import { changesBetween, namedChanges } from '../shared/changesBetween';
import type { PermissionWish } from '../shared/permissionWish';
import { permissionWishFrom, permissionWishParameters } from '../shared/permissionWish';
import { editObjects } from './editObjects';
import type { Matching, MatchingKind } from './matching';
import { objectsById } from './objectsById';
import { chosenRow, locatorParameter } from './readable';

type State = { owner: number | null; grants: Grants };

const stateOf = (row: Json): State => ({
	owner: typeof row.owner === 'number' ? row.owner : null,
	grants: grantsOf(row),
});

const stateAfter = ({ owner, grants }: State, wish: PermissionWish): State => ({
	owner: wish.owner === undefined ? owner : wish.owner,
	grants: wish.permissions ? grantsAfter(grants, wish.permissions, wish.merge) : grants,
});

/**
 * The requests that lead from one state to another, none where both are equal. Lists that the wish
 * leaves out are not sent, because somebody else may have changed them since they were read. Beside
 * `merge` the server sets no owner where one exists, so the owner has a separate request then; it
 * comes last, because only an owner may change permissions (docs/paperless-api.md#bulk-permissions).
 */
function editsBetween(
	before: State,
	after: State,
	{ permissions = {}, merge }: PermissionWish,
): ObjectEdit[] {
	const operation = 'set_permissions';
	const owner = before.owner === after.owner ? {} : { owner: after.owner };
	const hasOwner = Object.keys(owner).length > 0;
	if (isSameGrants(before.grants, after.grants))
		return hasOwner ? [{ operation, merge: false, ...owner }] : [];
	if (!merge)
		return [{ operation, permissions: chosenLists(after.grants, permissions), merge, ...owner }];
	return [
		{ operation, permissions, merge },
		...(hasOwner ? [{ operation, merge: false, ...owner } as const] : []),
	];
}

type Plan = { at: number; id: number; wish: PermissionWish };

/** Items in their order, in rounds in which no object occurs twice. */
function roundsOf(plans: readonly Plan[]): Plan[][] {
	const rounds: Plan[][] = [];
	let round: Plan[] = [];
	const ids = new Set<number>();
	for (const plan of plans) {
		if (round.length === 0 || ids.has(plan.id)) {
			round = [];
			rounds.push(round);
			ids.clear();
		}
		round.push(plan);
		ids.add(plan.id);
	}
	return rounds;
}

async function describe(context: Context, before: State, after: State): Promise<Json> {
	const { named } = await namingOf(context, [before.grants, after.grants]);
	return {
		...(await namedChanges(context, { owner: before.owner }, { owner: after.owner })),
		...changesBetween(named(before.grants), named(after.grants)),
	};
}

const gone = (noun: string, id: number): PaperlessError =>
	new PaperlessError('notFound', `There is no ${noun} with the ID ${id}`, {
		description: 'It was deleted meanwhile, or is now hidden from the token’s user.',
	});

/** Sets owner and grants; items with the same permissions share a request. */
export const setPermissions = <K extends MatchingKind>(matching: Matching<K>) => {
	const statesOf = async (context: Context, ids: readonly number[]) => {
		const rows = await objectsById(context, matching, ids, { full_perms: 'true' });
		return new Map([...rows].map(([id, row]) => [id, stateOf(row)]));
	};

	const outcomeOf = async (
		context: Context,
		id: number,
		wish: PermissionWish,
		{ before, asked, after }: { before: State; asked: State; after: State | undefined },
	): Promise<Outcome> => {
		// An object that was given to another user is hidden from the user of the token.
		if (after === undefined && before.owner === asked.owner) return gone(matching.noun, id);
		const state = after ?? asked;
		// Asked for once more, it would change nothing; what else is there, somebody else did.
		requireAsAsked(stateAfter(state, wish), state);
		const changes = await describe(context, before, state);
		const updated = Object.keys(changes).length > 0;
		return [{ json: { id, updated, changes, ...(after === undefined && { hidden: true }) } }];
	};

	const runRound = async (
		context: Context,
		round: readonly Plan[],
	): Promise<Array<{ at: number; outcome: Outcome }>> => {
		const states = await statesOf(
			context,
			round.map(({ id }) => id),
		);
		const planned = round.map((plan) => {
			const before = states.get(plan.id);
			const asked = before && stateAfter(before, plan.wish);
			const edits = before && asked ? editsBetween(before, asked, plan.wish) : [];
			return { ...plan, before, asked, edits };
		});
		const refusals = new Map<number, Error>();
		const changed = planned.filter(({ edits }) => edits.length > 0);
		for (const group of groupBy(changed, ({ edits }) => edits)) {
			for (const edit of group[0].edits) {
				const ids = group.map(({ id }) => id).filter((id) => !refusals.has(id));
				for (const [id, refusal] of await editObjects(context, matching, ids, edit))
					refusals.set(id, refusal);
			}
		}
		const afterwards = await statesOf(
			context,
			changed.map(({ id }) => id),
		);
		return await Promise.all(
			planned.map(async ({ at, id, wish, before, asked, edits }) => {
				const refusal = refusals.get(id);
				if (before === undefined || asked === undefined)
					return { at, outcome: gone(matching.noun, id) };
				const after = edits.length > 0 ? afterwards.get(id) : before;
				const outcome =
					refusal ?? (await outcomeOf(context, id, wish, { before, asked, after }).catch(asError));
				return { at, outcome };
			}),
		);
	};

	return defineOperation({
		value: 'setPermissions',
		name: 'Set Permissions',
		action: `Set permissions of ${matching.noun}`,
		description: `Set who owns a ${matching.noun}, who may see it and who may change it`,
		access: 'write',
		parameters: [locatorParameter(matching), ...permissionWishParameters],
		async executeAll(context, calls) {
			const outcomes: Outcome[] = [];
			const plans: Plan[] = [];
			for (const [at, { values }] of calls.entries()) {
				try {
					const wish = await permissionWishFrom(context, values);
					const { id } = await chosenRow(context, matching, values);
					plans.push({ at, id, wish });
				} catch (thrown) {
					outcomes[at] = asError(thrown);
				}
			}
			for (const round of roundsOf(plans)) {
				for (const { at, outcome } of await runRound(context, round)) outcomes[at] = outcome;
			}
			return outcomes;
		},
	});
};
