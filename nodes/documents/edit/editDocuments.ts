import { asError, isPaperlessError, PaperlessError } from '../../api/errors';
import type { NewObject } from '../../api/nameCreator';
import type { Document } from '../../api/schemas/document';
import type { ListDiff } from '../../events/documentDiff';
import { attempt } from '../../toolkit/attempt';
import type { Context } from '../../toolkit/operation';
import { documentsById } from '../documentsById';
import { backLinks, linksOf, otherEnds } from './backLinks';
import { describeShortfalls } from './describeShortfalls';
import { differenceBetween } from './difference';
import type { DocumentIntent } from './documentIntent';
import type { DocumentState, FullGrants } from './documentState';
import { concernedFields, stateOf } from './documentState';
import type { Archive } from './expectedState';
import { expectedState } from './expectedState';
import { incrementRefusal } from './incremented';
import { missingDocuments } from '../missingDocuments';
import { requireChangePermission } from './requireChangePermission';
import type { Change } from './changePlan';
import type { PlannedNames } from './plannedNames';
import { refuseContradictions } from './refuseContradictions';
import { refuseUnknown } from './refuseUnknown';
import type { EditResult, Finished, Interim } from './reportEdits';
import { reportEdits } from './reportEdits';
import { roundsOf } from './roundsOf';
import type { Sent } from './sendChanges';
import { sendUntilUnlocked } from './sendUntilUnlocked';
import { seenCustomFields } from '../seenCustomFields';
import { shortfallsOf } from './shortfallsOf';
import { TagTree } from './tagTree';
import { unlessForbidden } from '../../api/unlessForbidden';

/** The documents of one item and what it wants of them. */
export type DocumentEdit = { ids: readonly number[]; intent: DocumentIntent };

class Editing {
	private readonly context: Context;
	private readonly names: PlannedNames;
	private readonly fields: ReadonlySet<string>;
	private readonly states = new Map<number, DocumentState>();
	private readonly tagIds = new Set<number>();
	private archive: Archive = { tagTree: new TagTree(), customFields: new Map() };

	constructor(context: Context, names: PlannedNames, edits: readonly DocumentEdit[]) {
		this.context = context;
		this.names = names;
		const intents = edits.map(({ intent }) => intent);
		const concerned = concernedFields(intents);
		if (names.needsDocument(intents.flatMap(plannedIn))) concerned.add('owner').add('permissions');
		this.fields = concerned;
	}

	async readArchive(edits: readonly DocumentEdit[]): Promise<void> {
		await this.readTags(edits.flatMap(({ intent }) => tagIdsIn(intent)));
		if (!this.fields.has('custom_fields')) return;
		this.archive = { ...this.archive, customFields: await seenCustomFields(this.context) };
	}

	private async readTags(ids: readonly number[]): Promise<void> {
		if (ids.every((id) => this.tagIds.has(id))) return;
		for (const id of ids) this.tagIds.add(id);
		const tags = await unlessForbidden(this.context.names.tagsAround(this.tagIds), undefined);
		this.archive = { ...this.archive, tagTree: new TagTree(tags) };
	}

	/** Only the tags that documents have show which of them are those of the inbox. */
	private async readInboxTags(edits: readonly DocumentEdit[]): Promise<void> {
		const clearing = edits.filter(({ intent }) => intent.tags?.removeInbox === true);
		const ids = clearing.flatMap((edit) => edit.ids);
		await this.readTags(ids.flatMap((id) => this.states.get(id)?.tags ?? []));
	}

	private read(ids: readonly number[]): Promise<Map<number, Document>> {
		const query = {
			fields: ['id', ...this.fields].join(','),
			...(this.fields.has('permissions') && { full_perms: 'true' }),
		};
		return documentsById(this.context.api, ids, query);
	}

	private touchedBy({ ids, intent }: DocumentEdit): number[] {
		return [...ids, ...linksOf(intent, this.archive).map(({ to }) => to)];
	}

	/** Reads the documents, and finds what cannot be done before anything is sent. */
	async check(edits: readonly DocumentEdit[]): Promise<Interim[]> {
		const contradictory = await Promise.all(
			edits.map(({ intent }) => attempt(() => refuseContradictions(intent, this.archive))),
		);
		const rows = await this.read(edits.flatMap((edit) => this.touchedBy(edit)));
		for (const [id, row] of rows) this.states.set(id, stateOf(row, this.fields));
		await this.readInboxTags(edits);
		const ids = [...new Set(edits.flatMap((edit) => edit.ids))];
		const absent = ids.filter((id) => !rows.has(id));
		if (absent.length > 0 && absent.length === ids.length)
			await requireChangePermission(this.context.api, absent);
		const missing = await missingDocuments(this.context.api, absent);
		const begun = new Set<number>();
		const early = edits.map(
			(edit) => new Set(edit.ids.filter((id) => !begun.has(id) && begun.add(id))),
		);
		return await Promise.all(
			edits.map(async (edit, at): Promise<Interim> => {
				const refused =
					contradictory[at] ??
					(await attempt(() => refuseUnknown(edit, this.states, this.archive)));
				const errors = edit.ids.flatMap((id) => {
					// An earlier edit may change the number that this one begins with.
					const isEarly = early[at]?.has(id) === true;
					const error =
						refused ??
						missing.get(id) ??
						(isEarly ? this.incrementRefusal(id, edit.intent) : undefined);
					return error ? [[id, error] as const] : [];
				});
				return new Map(errors);
			}),
		);
	}

	private incrementRefusal(id: number, { customFields = {} }: DocumentIntent) {
		const held = this.states.get(id)?.customFields ?? new Map<number, unknown>();
		return incrementRefusal(id, customFields, held, this.archive.customFields);
	}

	/** The documents that an edit can change, now that earlier edits are done. */
	private pendingOf({ ids, intent }: DocumentEdit, results: Interim): number[] {
		return ids.filter((id) => {
			const refusal = results.has(id) ? undefined : this.incrementRefusal(id, intent);
			if (refusal) results.set(id, refusal);
			return !results.has(id);
		});
	}

	/** The owner and the grants that a document will have. */
	private ownershipOf(id: number, intent: DocumentIntent): NewObject {
		const before = this.states.get(id);
		if (before === undefined) return {};
		const { values, permissions } = expectedState(id, before, intent, this.archive, [id]);
		const owner = typeof values.owner === 'number' ? values.owner : null;
		const members = ({ users, groups }: FullGrants) => ({ users: [...users], groups: [...groups] });
		return {
			owner,
			...(permissions && {
				set_permissions: {
					view: members(permissions.view),
					change: members(permissions.change),
				},
			}),
		};
	}

	/** The intent with the ids of objects that were created for it. `id` is that of its first document. */
	async create({ values, tags, ...intent }: DocumentIntent, id: number): Promise<DocumentIntent> {
		const planned = plannedIn({ ...(values && { values }), ...(tags && { tags }) });
		const ownership = this.names.needsDocument(planned)
			? this.ownershipOf(id, { ...(values && { values }), ...intent })
			: {};
		const entries = await Promise.all(
			Object.entries(values ?? {}).map(
				async ([field, value]) =>
					[
						field,
						typeof value === 'number' ? await this.names.create(value, ownership) : value,
					] as const,
			),
		);
		const createAll = async (ids: readonly number[] | undefined) =>
			ids && (await Promise.all(ids.map((one) => this.names.create(one, ownership))));
		const [add, set] = await Promise.all([createAll(tags?.add), createAll(tags?.set)]);
		return {
			...intent,
			...(values && { values: Object.fromEntries(entries) }),
			...(tags && { tags: { ...tags, ...(add && { add }), ...(set && { set }) } }),
		};
	}

	/** The changes of an edit that are not there yet; the others are finished. */
	private changesOf(edit: DocumentEdit, results: Interim): Change[] {
		const { intent } = edit;
		const pending = this.pendingOf(edit, results);
		return pending.flatMap((id) => {
			const before = this.states.get(id);
			if (before === undefined) return [];
			const expected = expectedState(id, before, intent, this.archive, pending);
			const difference = differenceBetween(before, expected, intent, this.archive);
			if (difference) return [{ id, intent, before, expected, difference }];
			results.set(id, { before, after: before });
			return [];
		});
	}

	/** Makes the changes of edits that touch different documents. */
	async carryOut(edits: ReadonlyArray<{ edit: DocumentEdit; results: Interim }>): Promise<void> {
		const tasks = edits.flatMap(({ edit, results }) =>
			this.changesOf(edit, results).map((change) => ({ change, results })),
		);
		const changes = tasks.map(({ change }) => change);
		const sent = await sendUntilUnlocked(
			this.context.api,
			changes,
			this.archive,
			async (ids) =>
				new Map([...(await this.read(ids))].map(([id, row]) => [id, stateOf(row, this.fields)])),
		);
		const targets = new Map(changes.map((change) => [change.id, otherEnds(change, this.archive)]));
		const unread = changes.flatMap(({ id }) => {
			const { row, refusal, isPartial } = sent.get(id) ?? {};
			const isSure = row !== undefined || (refusal !== undefined && isPartial !== true);
			return [...(isSure ? [] : [id]), ...(targets.get(id) ?? []).map(({ to }) => to)];
		});
		const rows = await this.read(unread).catch(asError);
		const earlier = new Map(this.states);
		if (!(rows instanceof Error)) {
			for (const [id, row] of rows) this.states.set(id, stateOf(row, this.fields));
		}
		for (const { change, results } of tasks) {
			const { id } = change;
			const outcome = sent.get(id) ?? {};
			if (outcome.row) this.states.set(id, stateOf(outcome.row, this.fields));
			const seen =
				outcome.row !== undefined || (!(rows instanceof Error) && rows.has(id))
					? this.states.get(id)
					: undefined;
			const linkedBack = backLinks(change, targets.get(id) ?? [], earlier, this.states);
			results.set(id, await this.resultOf(change, outcome, seen ?? asErrorOf(rows), linkedBack));
		}
	}

	private async resultOf(
		change: Change,
		{ refusal }: Sent,
		seen: DocumentState | Error | undefined,
		linkedBack: Map<number, ListDiff>,
	): Promise<(Finished & { error?: Error }) | Error> {
		const { id, before, expected, difference } = change;
		if (refusal) {
			return seen === undefined || seen instanceof Error
				? refusal
				: { before, after: seen, linkedBack, error: refusal };
		}
		if (seen instanceof Error) return unread(seen);
		if (seen === undefined) {
			// Whoever gives a document away may not see it any more.
			return difference.owner === undefined ? vanished(id) : { before, after: expected };
		}
		const shortfalls = shortfallsOf(change, seen, this.archive.customFields);
		if (shortfalls.length === 0) return { before, after: seen, linkedBack };
		const error = await describeShortfalls(this.context, id, shortfalls);
		return { before, after: seen, linkedBack, error };
	}

	/** What an edit would make of its documents; later edits of them begin with that. */
	foresee(edit: DocumentEdit, results: Interim): void {
		const { intent } = edit;
		const pending = this.pendingOf(edit, results);
		for (const id of pending) {
			const before = this.states.get(id);
			if (before === undefined) continue;
			const after = expectedState(id, before, intent, this.archive, pending);
			results.set(id, { before, after });
			this.states.set(id, after);
		}
	}

	rounds(edits: readonly DocumentEdit[]): number[] {
		return roundsOf(edits.map((edit) => this.touchedBy(edit)));
	}
}

const asErrorOf = (rows: unknown): Error | undefined => (rows instanceof Error ? rows : undefined);

const vanished = (id: number) =>
	new PaperlessError('notFound', `Document ${id} is gone since it was changed`, {
		description: 'It may be in the trash, or hidden from the token’s user.',
		status: 404,
	});

const unread = (error: Error): Error =>
	isPaperlessError(error)
		? error.adding('The change was sent, but the document could not be read afterwards.')
		: error;

/** Names that have to be created have negative ids. */
const tagIdsIn = ({ tags: { set = [], add = [], remove = [] } = {} }: DocumentIntent): number[] =>
	[...set, ...add, ...remove].filter((id) => id > 0);

const plannedIn = ({ values = {}, tags = {} }: DocumentIntent): number[] =>
	[...Object.values(values), ...(tags.add ?? []), ...(tags.set ?? [])].filter(
		(id): id is number => typeof id === 'number' && id < 0,
	);

/**
 * Changes documents as items want it, and reports what is there afterwards. Nothing is written that
 * is so already. Edits that aim at the same document are made one after the other, in their order;
 * equal changes share requests. Returns one result per edit, with a report or an error per document.
 * With `dryRun` everything but the writing is done, and the changes are those that would be made.
 */
export async function editDocuments(
	context: Context,
	edits: readonly DocumentEdit[],
	names: PlannedNames,
	dryRun = false,
): Promise<EditResult[]> {
	if (edits.every(({ ids }) => ids.length === 0)) return edits.map(() => new Map());
	const editing = new Editing(context, names, edits);
	await editing.readArchive(edits);
	const interims = await editing.check(edits);
	const planned: number[][] = [];
	const pairs: Array<{ edit: DocumentEdit; results: Interim }> = [];
	for (const [at, edit] of edits.entries()) {
		const results = interims[at] ?? new Map();
		const ids = [...new Set(edit.ids)];
		const first = ids.find((id) => !results.has(id));
		planned.push(first === undefined ? [] : plannedIn(edit.intent));
		const intent =
			first !== undefined && !dryRun
				? await attempt(() => editing.create(edit.intent, first))
				: edit.intent;
		if (intent instanceof Error) for (const id of ids) results.set(id, intent);
		else pairs.push({ edit: { ids, intent }, results });
	}
	if (dryRun) {
		for (const { edit, results } of pairs) editing.foresee(edit, results);
	} else {
		if (planned.some(({ length }) => length > 0))
			await editing.readArchive(pairs.map(({ edit }) => edit));
		const rounds = editing.rounds(pairs.map(({ edit }) => edit));
		for (let round = 0; round <= Math.max(0, ...rounds); round += 1) {
			await editing.carryOut(pairs.filter((_, at) => rounds[at] === round));
		}
	}
	return await reportEdits(context, names, interims, planned);
}
