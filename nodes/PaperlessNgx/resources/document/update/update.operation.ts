import pLimit from 'p-limit';
import type { BulkEdit } from '../../../../api/documents';
import { PaperlessError } from '../../../../api/errors';
import type { Context, Json, Outcome } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import { editTogether } from '../../../../documents/editTogether';
import { documentIds } from '../../../../documents/locate';
import { readable } from '../../../../documents/describeChanges';
import { updateParameters } from './updateParameters';
import type { Plan } from './planUpdate';
import { planFor, shareable } from './planUpdate';

const patchesAtOnce = 4;

type Target = { id: number; plan: Plan };

async function patchEach(
	{ api }: Context,
	targets: readonly Target[],
	refusals: Map<Target, Error>,
) {
	const atOnce = pLimit(patchesAtOnce);
	await Promise.all(
		targets
			.filter(({ plan }) => Object.keys(plan.patch).length > 0)
			.map(
				async (target) =>
					await atOnce(async () => await api.documents.update(target.id, target.plan.patch)).catch(
						(error: Error) => refusals.set(target, error),
					),
			),
	);
}

/** Says what of an update had already been done when a later part of it was refused. */
function halfDone(error: Error, done: readonly string[]): Error {
	if (done.length === 0 || !(error instanceof PaperlessError)) return error;
	return new PaperlessError(error.kind, error.message, {
		...error,
		description: `${error.description} Already changed: ${done.join(', ')}.`.trim(),
	});
}

async function editShared(
	{ api }: Context,
	targets: readonly Target[],
	refusals: Map<Target, Error>,
) {
	const longest = Math.max(0, ...targets.map(({ plan }) => plan.edits.length));
	for (let step = 0; step < longest; step += 1) {
		const groups = new Map<string, { edit: BulkEdit; targets: Target[] }>();
		for (const target of targets) {
			const edit = refusals.has(target) ? undefined : target.plan.edits[step];
			if (edit === undefined) continue;
			const key = JSON.stringify(edit);
			const group = groups.get(key) ?? { edit, targets: [] };
			group.targets.push(target);
			groups.set(key, group);
		}
		for (const { edit, targets: sharing } of groups.values()) {
			const refused = await editTogether(
				api,
				sharing.map(({ id }) => id),
				edit,
			);
			for (const target of sharing) {
				const error = refused.get(target.id);
				const earlier = target.plan.edits.slice(0, step).map(({ method }) => method);
				if (error)
					refusals.set(target, halfDone(error, [...Object.keys(target.plan.patch), ...earlier]));
			}
		}
	}
}

/** Plans that are equal and shared by several documents are turned into bulk edits. */
function withSharedPlans(targets: readonly Target[]): Target[] {
	const counts = new Map<string, number>();
	const key = ({ plan }: Target) => JSON.stringify(plan);
	for (const target of targets) counts.set(key(target), (counts.get(key(target)) ?? 0) + 1);
	return targets.map((target) =>
		(counts.get(key(target)) ?? 0) > 1 ? { ...target, plan: shareable(target.plan) } : target,
	);
}

const summary = async (context: Context, { id, plan }: Target): Promise<Json> => ({
	id,
	updated: true,
	changes: await readable(context, {
		...plan.patch,
		...Object.assign({}, ...plan.edits.map(({ parameters }) => parameters)),
	}),
});

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update document',
	description: 'Change fields, tags, custom fields or permissions of a document',
	access: 'write',
	parameters: updateParameters,
	async executeAll(context, calls) {
		const ids = await documentIds(
			context.api,
			calls.map(({ values }) => values.document),
		);
		const planned = await Promise.all(
			calls.map(async ({ values }, index): Promise<Target | Error> => {
				const id = ids[index];
				if (typeof id !== 'number') return id ?? new Error('No document');
				return await planFor(context, values).then(
					(plan) => ({ id, plan }),
					(error: Error) => error,
				);
			}),
		);
		const targets = withSharedPlans(
			planned.flatMap((plan) => (plan instanceof Error ? [] : [plan])),
		);
		const refusals = new Map<Target, Error>();
		await patchEach(context, targets, refusals);
		await editShared(context, targets, refusals);
		const outcomes = await Promise.all(
			targets.map(
				async (target): Promise<Outcome> =>
					refusals.get(target) ?? [{ json: await summary(context, target) }],
			),
		);
		return planned.map((plan) => (plan instanceof Error ? plan : (outcomes.shift() ?? [])));
	},
});
