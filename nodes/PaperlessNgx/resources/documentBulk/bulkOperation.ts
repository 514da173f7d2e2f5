import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Capability } from '../../../api/server';
import { asError, isPaperlessError, PaperlessError } from '../../../api/errors';
import { briefDocuments } from '../../../documents/briefDocuments';
import type { DocumentIntent } from '../../../documents/edit/documentIntent';
import { isNothing } from '../../../documents/edit/documentIntent';
import { editDocuments } from '../../../documents/edit/editDocuments';
import { PlannedNames } from '../../../documents/edit/plannedNames';
import type { EditReport, EditResult } from '../../../documents/edit/reportEdits';
import { presentSkipped } from '../../../documents/encodeCustomFields';
import type {
	ItemCall,
	Context,
	Json,
	Operation,
	Outcome,
	Output,
} from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { groupBy } from '../../../toolkit/groupBy';
import { accessUnlessDry } from '../shared/dryRun';
import { nothingToChange } from './nothingToChange';
import type { TargetValues } from './targetIds';
import { bulkParameters, targetIds } from './targetIds';

type Identity<P extends readonly Parameter[]> = {
	value: string;
	name: string;
	action: string;
	description: string;
	parameters: P;
	destroys?: () => boolean;
};

/** The documents of one input item. */
type Target = { ids: readonly number[]; dryRun: boolean; kind: TargetValues['target'] };

const targetOf = async (context: Context, values: TargetValues): Promise<Target> => ({
	ids: await targetIds(context, values),
	dryRun: values.dryRun,
	kind: values.target,
});

/** Whether something was done, by the operation's own word for it. */
export type Done = (isDone: boolean) => Json;

const updated: Done = (isDone) => ({ updated: isDone });

const presentRefusal = (id: number, error: Error, done: Done): Output => ({
	json: {
		id,
		...done(false),
		reason: error.message,
		...(isPaperlessError(error) && error.description && { details: error.description }),
	},
	refusal: error.message.includes(String(id)) ? error : about(id, error),
});

/** Without the other fields of the item, an item of the error output has to name its document. */
const about = (id: number, error: Error): Error =>
	isPaperlessError(error)
		? new PaperlessError(error.kind, `Document ${id}: ${error.message}`, error)
		: error;

/** An error about a document belongs to the parameter that the document comes from. */
function aboutTarget(error: Error, kind: Target['kind']): Error {
	if (!isPaperlessError(error) || error.parameter !== 'document') return error;
	return error.about({ item: 'document', ids: 'documentIds', filter: undefined }[kind]);
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

function outcomeOf(
	{ ids, kind }: Target,
	result: ReadonlyMap<number, EditReport | Error>,
	present: (id: number, report: EditReport) => Json,
	isDone: (report: EditReport) => boolean,
	done: Done,
): Outcome {
	const reportOf = (id: number) => result.get(id) ?? { changes: {} };
	const reports = [...new Set(ids)].map(reportOf);
	const refused = reports.filter((report) => report instanceof Error);
	const isDoneSomewhere = reports.some((report) => !(report instanceof Error) && isDone(report));
	if (refused.length > 0 && !isDoneSomewhere) return aboutTarget(combinedRefusal(refused), kind);
	return ids.map((id) => {
		const report = reportOf(id);
		return report instanceof Error
			? presentRefusal(id, aboutTarget(report, kind), done)
			: { json: present(id, report) };
	});
}

/** The documents of one input item and what it wants of them. */
type Plan = { intent: DocumentIntent; target: Target };

const changesOf =
	({ intent, target: { dryRun } }: Plan) =>
	(id: number, { changes }: EditReport): Json => ({
		id,
		...updated(!dryRun && Object.keys(changes).length > 0),
		...(dryRun && { dry_run: true }),
		changes,
		...presentSkipped(intent.customFields?.skipped),
	});

const isChanged = ({ changes }: EditReport): boolean => Object.keys(changes).length > 0;

type Calls = ReadonlyArray<ItemCall<Record<string, unknown>>>;

const optionsIn = (values: object): unknown => ('options' in values ? values.options : undefined);

const isPlan = <T>(plan: T | Error): plan is T => !(plan instanceof Error);

/**
 * An operation that changes many documents. Equal changes of several items share requests, and each
 * request stays below the limits of server and proxies. Returns one outcome per item, with one
 * output per document; an item is rejected when none of its documents could be changed.
 */
export function bulkOperation<const P extends readonly Parameter[]>(
	operation: Identity<P> & {
		/** What an item wants of its documents. Names that do not exist are only planned. */
		intentOf: (
			context: Context,
			values: ValuesOf<P>,
			names: PlannedNames,
		) => Promise<DocumentIntent>;
	},
): Operation {
	const { parameters, intentOf, ...identity } = operation;
	const planFor = async (
		context: Context,
		values: ValuesOf<P> & TargetValues,
		names: PlannedNames,
	): Promise<Plan> => {
		const intent = await intentOf(context, values, names);
		if (isNothing(intent)) throw nothingToChange();
		return { intent, target: await targetOf(context, values) };
	};
	return defineOperation({
		...identity,
		access: ({ dryRun }) => accessUnlessDry({ dryRun: dryRun === true }),
		parameters: bulkParameters(parameters),
		async executeAll(context, calls: Calls): Promise<Outcome[]> {
			const names = new PlannedNames(context.names);
			const plans = await Promise.all(
				calls.map(({ values }) =>
					planFor(context, values as ValuesOf<P> & TargetValues, names).catch(asError),
				),
			);
			const ready = plans.filter(isPlan);
			const results = new Map<unknown, EditResult | Error>();
			for (const dryRun of [false, true]) {
				const some = ready.filter(({ target }) => target.dryRun === dryRun);
				const edits = some.map(({ intent, target }) => ({ intent, ids: target.ids }));
				const edited = await editDocuments(context, edits, names, dryRun).catch(asError);
				for (const [at, plan] of some.entries())
					results.set(plan, edited instanceof Error ? edited : (edited[at] ?? new Map()));
			}
			return plans.map((plan): Outcome => {
				if (plan instanceof Error) return plan;
				const result = results.get(plan) ?? new Map();
				return result instanceof Error
					? result
					: outcomeOf(plan.target, result, changesOf(plan), isChanged, updated);
			});
		},
	});
}

type Task<P extends readonly Parameter[]> = {
	/** The feature that servers without what an item asks for lack. */
	needs?: (values: ValuesOf<P>) => Capability | undefined;
	/** Returns the documents that were refused, with the reason. */
	send: (
		api: PaperlessClient,
		ids: readonly number[],
		values: ValuesOf<P>,
	) => Promise<Map<number, Error>>;
	/** Words the outcome. */
	done: Done;
};

/**
 * An operation that does something with many documents of which nothing but success or a refusal is
 * known. Items with equal options share requests.
 */
export function bulkTask<const P extends readonly Parameter[]>(
	identity: Identity<P>,
	{ needs, send, done }: Task<P>,
): Operation {
	const asked = async (context: Context, values: ValuesOf<P> & TargetValues) => {
		const capability = needs?.(values);
		if (capability) await context.api.require(capability);
		return { ...(await targetOf(context, values)), values };
	};
	return defineOperation({
		...identity,
		access: ({ dryRun }) => accessUnlessDry({ dryRun: dryRun === true }),
		parameters: bulkParameters(identity.parameters),
		async executeAll(context, calls: Calls): Promise<Outcome[]> {
			const { api } = context;
			const targets = await Promise.all(
				calls.map(({ values }) =>
					asked(context, values as ValuesOf<P> & TargetValues).catch(asError),
				),
			);
			const ready = targets.filter(isPlan);
			const idsOf = (some: readonly Target[]) => [...new Set(some.flatMap(({ ids }) => ids))];
			const briefs = await briefDocuments(api, idsOf(ready));
			const missing = [...briefs].flatMap(
				([id, one]): Array<[number, Error]> => (one instanceof Error ? [[id, one]] : []),
			);
			const refusals = new Map<unknown, Map<number, Error>>();
			const wanted = ready.filter(({ dryRun }) => !dryRun);
			for (const group of groupBy(wanted, ({ values }) => optionsIn(values))) {
				const refused = new Map(missing);
				const sent = idsOf(group).filter((id) => !refused.has(id));
				for (const [id, error] of await send(api, sent, group[0].values)) refused.set(id, error);
				for (const target of group) refusals.set(target, refused);
			}
			return targets.map(
				(target): Outcome =>
					target instanceof Error
						? target
						: outcomeOf(
								target,
								refusals.get(target) ?? new Map(missing),
								(id) =>
									target.dryRun
										? { ...briefs.get(id), ...done(false), dry_run: true }
										: { id, ...done(true) },
								() => true,
								done,
							),
			);
		},
	});
}
