import type { BulkEdit } from '../../../api/documents';
import { asError, PaperlessError } from '../../../api/errors';
import type { Call, Context, Json, Operation, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { editTogether } from '../../../documents/editTogether';
import { describeChanges } from '../../../documents/describeChanges';
import type { TargetValues } from './targets';
import { targetParameters, targetsOf } from './targets';

/** An edit and the documents that it is for; most operations have one edit for all. */
export type Share = { ids: readonly number[]; edit: BulkEdit };

type BulkOperation<P extends readonly Parameter[]> = {
	value: string;
	name: string;
	action: string;
	description: string;
	parameters: P;
	/** What is to be done to the documents of one item. */
	sharesOf: (context: Context, values: ValuesOf<P>, ids: readonly number[]) => Promise<Share[]>;
};

type Work = {
	ids: readonly number[];
	shares: Share[];
	dryRun: boolean;
	target: TargetValues['target'];
};

type Line = (id: number) => Json;

/** What is said of the documents that were changed; all of a share have the same change. */
async function linesOf(context: Context, { shares, dryRun }: Work): Promise<Line> {
	if (dryRun) return (id) => ({ id, updated: false, dry_run: true });
	const changes = new Map<number, Json>();
	for (const { ids, edit } of shares) {
		const shown = await describeChanges(context, edit.parameters);
		if (Object.keys(shown).length > 0) for (const id of ids) changes.set(id, shown);
	}
	return (id) => {
		const own = changes.get(id);
		return { id, updated: true, ...(own && { changes: own }) };
	};
}

const refusedLine = (id: number, error: Error): Json => ({
	id,
	updated: false,
	reason: error.message,
	...(error instanceof PaperlessError && error.description && { details: error.description }),
});

/** What is amiss with a document is said of the parameter that it comes from. */
function aboutTarget(error: Error, target: TargetValues['target']): Error {
	if (!(error instanceof PaperlessError) || error.parameter !== 'document') return error;
	const parameter = { item: 'document', ids: 'documentIds', filter: undefined }[target];
	return new PaperlessError(error.kind, error.message, { ...error, parameter });
}

/** Where nothing was changed, a workflow must not go on as if something had been. */
function allRefused(reasons: readonly Error[]): Error {
	const words = [...new Set(reasons.map(({ message }) => message))];
	const [first] = reasons;
	if (first && words.length === 1) return first;
	return new PaperlessError('invalid', 'None of the documents was changed', {
		description: words.slice(0, 5).join('. '),
	});
}

/** Equal edits of several items become one edit of all their documents. */
function merged(works: readonly Work[]): Share[] {
	const shares = new Map<string, Share>();
	for (const { ids, edit } of works.flatMap(({ shares }) => shares)) {
		const key = JSON.stringify(edit);
		shares.set(key, { edit, ids: [...(shares.get(key)?.ids ?? []), ...ids] });
	}
	return [...shares.values()];
}

/** Does the same to many documents, in requests that stay below the limits of server and proxies. */
export function bulkOperation<const P extends readonly Parameter[]>(
	operation: BulkOperation<P>,
): Operation {
	const { parameters, sharesOf, ...identity } = operation;
	return defineOperation({
		...identity,
		access: 'write',
		parameters: [...targetParameters, ...parameters] as readonly Parameter[],
		async executeAll(
			context,
			calls: ReadonlyArray<Call<Record<string, unknown>>>,
		): Promise<Outcome[]> {
			const works = await Promise.all(
				calls.map(async ({ values }): Promise<Work | Error> => {
					const own = values as ValuesOf<P> & TargetValues;
					try {
						const ids = await targetsOf(context, own);
						const shares = own.dryRun ? [] : await sharesOf(context, own, ids);
						return { ids, shares, dryRun: own.dryRun, target: own.target };
					} catch (thrown) {
						return asError(thrown);
					}
				}),
			);
			const refusals = new Map<number, Error>();
			for (const { ids, edit } of merged(
				works.flatMap((work) => (work instanceof Error ? [] : [work])),
			)) {
				for (const [id, error] of await editTogether(context.api, ids, edit))
					refusals.set(id, error);
			}
			return await Promise.all(
				works.map(async (work): Promise<Outcome> => {
					if (work instanceof Error) return work;
					const { ids, target } = work;
					const reasons = ids.flatMap((id) => refusals.get(id) ?? []);
					if (reasons.length > 0 && reasons.length === ids.length)
						return aboutTarget(allRefused(reasons), target);
					const line = await linesOf(context, work);
					return ids.map((id) => {
						const error = refusals.get(id);
						return { json: error ? refusedLine(id, error) : line(id) };
					});
				}),
			);
		},
	});
}
