import { randomBytes } from 'node:crypto';
import { logged } from './history.mts';
import type { Document, Store, Workflow, WorkflowAction, WorkflowTrigger } from './store.mts';
import { trash } from './versionRows.mts';
import { post } from './webhooks.mts';
import type { AttachedFile } from './webhooks.mts';
import { assign, remove } from './workflowActions.mts';
import { accepts, isDue, isRepeatable, lets } from './workflowFilters.mts';
import { textsOf, textsOfUpload } from './workflowText.mts';
import { rowsOf } from './workflows.mts';

/** The enabled workflows that have a matching trigger of the type, in their order. */
function fitting(
	store: Store,
	type: number,
	fits: (trigger: WorkflowTrigger, workflow: Workflow) => boolean,
): { workflow: Workflow; actions: WorkflowAction[] }[] {
	return [...store.workflows.values()]
		.filter(({ enabled }) => enabled)
		.toSorted((a, b) => a.order - b.order || a.id - b.id)
		.filter((workflow) =>
			rowsOf(store.workflow_triggers, workflow.triggers).some(
				(trigger) => trigger.type === type && fits(trigger, workflow),
			),
		)
		.map((workflow) => ({ workflow, actions: rowsOf(store.workflow_actions, workflow.actions) }));
}

interface Arrival {
	fileName: string;
	type: string;
	bytes: Uint8Array;
}

/** The effect of workflows on a file before its consumption. */
export interface Beginning {
	discarded: boolean;
	/** Call it with the document as soon as the document exists. */
	apply(document: Document): void;
}

export function consumptionStarted(store: Store, file: Arrival, source: string): Beginning {
	const { profile } = store;
	const path = `/tmp/paperless/tmp${randomBytes(4).toString('hex')}/${file.fileName}`;
	const attached: AttachedFile = { name: path, type: file.type, bytes: file.bytes };
	const actions = fitting(store, 1, (trigger) =>
		lets(trigger, source, file.fileName, path),
	).flatMap((found) => found.actions);
	for (const { type, webhook } of actions) {
		// 2.15 crashes on a file that is not a document yet.
		const fails = webhook?.include_document && !profile.nestedTags;
		if (type === 4 && webhook && !fails)
			post(store, webhook, textsOfUpload(store, file.fileName, path), attached);
	}
	return {
		discarded: actions.some(({ type }) => type === 6),
		apply: (document) => {
			for (const action of actions) change(store, document, action);
		},
	};
}

function change(store: Store, document: Document, action: WorkflowAction): void {
	if (action.type === 1) assign(store, document, action);
	if (action.type === 2) remove(store, document, action);
}

/** The sandbox can neither send e-mails nor remove passwords. */
function perform(
	store: Store,
	document: Document,
	actions: WorkflowAction[],
	isNew: boolean,
): void {
	for (const action of actions) {
		logged(store, null, document, () => change(store, document, action));
		if (action.type === 6) trash(store, document);
		if (action.type !== 4 || !action.webhook) continue;
		const file = {
			name: document.original_file_name ?? '',
			type: document.mime_type,
			bytes: document.original.bytes,
		};
		post(store, action.webhook, textsOf(store, document, isNew), file);
	}
	store.save(document);
}

function run(store: Store, document: Document, type: 2 | 3): void {
	for (const { actions } of fitting(store, type, (trigger) => accepts(store, trigger, document))) {
		if (document.deleted_at === null) perform(store, document, actions, type === 2);
	}
}

export const documentAdded = (store: Store, document: Document): void => run(store, document, 2);

/** Runs once per document. Changes by workflows do not start further runs. */
export function documentsUpdated(store: Store, documents: Document[]): void {
	for (const document of newestFirst(documents)) run(store, document, 3);
}

export const newestFirst = (documents: Document[]): Document[] =>
	documents.toSorted((a, b) => b.created.localeCompare(a.created) || b.id - a.id);

/** The server runs this at five minutes past every hour. Returns the number of documents. */
export function runSchedule(store: Store): number {
	let count = 0;
	for (const document of newestFirst(store.livingDocuments())) {
		const isTime = (trigger: WorkflowTrigger, workflow: Workflow): boolean => {
			const last = store.workflowRuns.get(`${workflow.id}:${document.id}`);
			return (
				(last === undefined || isRepeatable(store, trigger, last)) &&
				isDue(store, trigger, document) &&
				accepts(store, trigger, document)
			);
		};
		for (const { workflow, actions } of fitting(store, 4, isTime)) {
			store.workflowRuns.set(`${workflow.id}:${document.id}`, store.date().getTime());
			perform(store, document, actions, false);
			count += 1;
		}
	}
	return count;
}
