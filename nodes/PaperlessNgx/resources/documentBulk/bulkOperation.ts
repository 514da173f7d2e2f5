import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import { describeChanges } from '../../../documents/describeChanges';
import { editTogether } from '../../../documents/editTogether';
import type { ItemCall, Context, Json, Operation, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import type { DocumentEdit } from './mergeEqualEdits';
import { mergeEqualEdits } from './mergeEqualEdits';
import type { TargetValues } from './targetIds';
import { targetIds, targetParameters } from './targetIds';

type BulkOperation<P extends readonly Parameter[]> = {
	value: string;
	name: string;
	action: string;
	description: string;
	parameters: P;
	/** The edits of one item's documents. Most operations have one edit for all of them. */
	editsOf: (
		context: Context,
		values: ValuesOf<P>,
		ids: readonly number[],
	) => Promise<DocumentEdit[]>;
};

/** The documents of one input item and what happens to them. */
type Plan = {
	ids: readonly number[];
	edits: readonly DocumentEdit[];
	dryRun: boolean;
	target: TargetValues['target'];
};

/** The output of a document that was changed, or would be in a dry run. */
async function presenterOf(
	context: Context,
	{ edits, dryRun }: Plan,
): Promise<(id: number) => Json> {
	if (dryRun) return (id) => ({ id, updated: false, dry_run: true });
	const changesById = new Map<number, Json>();
	for (const { ids, edit } of edits) {
		const changes = await describeChanges(context, edit.parameters);
		if (Object.keys(changes).length > 0) for (const id of ids) changesById.set(id, changes);
	}
	return (id) => {
		const changes = changesById.get(id);
		return { id, updated: true, ...(changes && { changes }) };
	};
}

const presentRefusal = (id: number, error: Error): Json => ({
	id,
	updated: false,
	reason: error.message,
	...(isPaperlessError(error) && error.description && { details: error.description }),
});

/** An error about a document belongs to the parameter that the document comes from. */
function aboutTarget(error: Error, target: TargetValues['target']): Error {
	if (!isPaperlessError(error) || error.parameter !== 'document') return error;
	return error.about({ item: 'document', ids: 'documentIds', filter: undefined }[target]);
}

/** An item without a changed document is rejected, because a workflow must not continue as if it had one. */
function combinedRefusal(refusals: readonly Error[]): Error {
	const messages = [...new Set(refusals.map(({ message }) => message))];
	const [first] = refusals;
	if (first && messages.length === 1) return first;
	return new PaperlessError('invalid', 'No document was changed', {
		description: messages.slice(0, 5).join('. '),
	});
}

async function outcomeOf(
	context: Context,
	plan: Plan,
	refusals: ReadonlyMap<number, Error>,
): Promise<Outcome> {
	const { ids, target } = plan;
	const refused = ids.flatMap((id) => refusals.get(id) ?? []);
	if (refused.length > 0 && refused.length === ids.length)
		return aboutTarget(combinedRefusal(refused), target);
	const present = await presenterOf(context, plan);
	return ids.map((id) => {
		const refusal = refusals.get(id);
		return { json: refusal ? presentRefusal(id, refusal) : present(id) };
	});
}

/**
 * An operation on many documents. Equal edits of several items share requests, and each request
 * stays below the limits of server and proxies. Returns one outcome per item, with one output per
 * document; an item is rejected when none of its documents could be changed.
 */
export function bulkOperation<const P extends readonly Parameter[]>(
	operation: BulkOperation<P>,
): Operation {
	const { parameters, editsOf, ...identity } = operation;
	const planFor = async (context: Context, values: ValuesOf<P> & TargetValues): Promise<Plan> => {
		const { dryRun, target } = values;
		const ids = await targetIds(context, values);
		return { ids, edits: dryRun ? [] : await editsOf(context, values, ids), dryRun, target };
	};
	return defineOperation({
		...identity,
		access: 'write',
		parameters: [...targetParameters, ...parameters] as readonly Parameter[],
		async executeAll(
			context,
			calls: ReadonlyArray<ItemCall<Record<string, unknown>>>,
		): Promise<Outcome[]> {
			const plans = await Promise.all(
				calls.map(({ values }) =>
					planFor(context, values as ValuesOf<P> & TargetValues).catch(asError),
				),
			);
			const edits = plans.flatMap((plan) => (plan instanceof Error ? [] : plan.edits));
			const refusals = new Map<number, Error>();
			for (const { ids, edit } of mergeEqualEdits(edits)) {
				for (const [id, error] of await editTogether(context.api, ids, edit))
					refusals.set(id, error);
			}
			return await Promise.all(
				plans.map(async (plan) =>
					plan instanceof Error ? plan : await outcomeOf(context, plan, refusals),
				),
			);
		},
	});
}
