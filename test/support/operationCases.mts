import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { resources } from '../../nodes/PaperlessNgx/resources/index.ts';
import { Server } from '../../nodes/api/server.ts';
import type { Operation } from '../../nodes/toolkit/operation.ts';
import { accessOf } from '../../nodes/toolkit/operation.ts';
import type { Engine } from './engine.mts';
import { addProcessedMail } from './mail.mts';
import { byId, byName, results, textFile } from './paperless.mts';
import type { Profile, Sandbox } from './sandbox.mts';

const several = { target: 'ids', documentIds: '2, 5' };
const pages = { document: byId(5), pages: '1' };

/** Values with which there is nothing wrong, where the defaults and a document are not enough. */
const values: Record<string, IDataObject> = {
	'apiCall.send': { path: 'tags/' },
	'document.ask': { about: 'one', question: 'Why?' },
	'document.claimNext': { tag: byName('invoice'), replaceWith: byName('Inbox') },
	'document.downloadMany': { documentIds: '2, 5' },
	'document.email': { documentIds: '5', to: 'a@example.com', subject: 'Papers', message: 'Here' },
	'document.getSelectionStatistics': { documentIds: '2, 5' },
	'documentBulk.setCorrespondent': { ...several, correspondent: byName('City Library') },
	'documentBulk.setDocumentType': { ...several, documentType: byName('Letter') },
	'documentBulk.setPermissions': { ...several, permissions: { viewUsers: 'reader' } },
	'documentBulk.setStoragePath': { ...several, storagePath: byName('By year') },
	'documentBulk.delete': several,
	'documentBulk.reprocess': several,
	'documentBulk.updateCustomFields': { ...several, removeCustomFields: ['Reference'] },
	'documentBulk.updateTags': { ...several, addTags: ['invoice'] },
	'document.update': { updateFields: { title: 'New' } },
	// Every time another document, so that a test finds none of an earlier one.
	'document.upsert': { archiveSerialNumber: '={{ Math.floor(Math.random() * 1e9) }}' },
	'document.getAll': { searchText: 'water', similarTo: '2' },
	'task.waitFor': { options: { timeout: 1 } },
	'customField.create': { name: 'New', dataType: 'string' },
	'customField.upsert': { name: 'New', dataType: 'string' },
	'customField.update': { updateFields: { name: 'New' } },
	'mailAccount.create': { imapServer: 'imap.example.com', username: 'u', password: 'p' },
	'mailAccount.update': { updateFields: { imapPort: 143 } },
	'mailRule.create': { account: byName('Office') },
	'mailRule.update': { updateFields: { maximumAge: 7 } },
	'group.update': { updateFields: { name: 'New' } },
	'documentVersion.delete': { version: '5' },
	'documentVersion.download': { version: '5' },
	'documentVersion.get': { version: '5' },
	'documentVersion.getMetadata': { version: '5' },
	'documentVersion.mergeAsVersions': { documentIds: '2' },
	'documentVersion.rename': { version: '5' },
	'note.create': { note: 'x' },
	'note.delete': { noteId: '1', text: 'x' },
	'pdf.deletePages': pages,
	'pdf.editPages': { pageRows: { rows: [{ page: 1 }] } },
	'pdf.merge': several,
	'pdf.removePassword': { password: 'x' },
	'pdf.split': pages,
	'savedView.create': { name: 'New' },
	'savedView.update': { newName: 'New' },
	'search.autocomplete': { term: 'wat' },
	'search.global': { searchText: 'water' },
	'shareLink.getAll': { scope: 'document' },
	'shareLinkBundle.create': { documentIds: '2, 5' },
	'storagePath.test': { path: 'x' },
	'user.update': { updateFields: { firstName: 'New' } },
	'workflow.update': { workflowJson: '{ "order": 3 }' },
};

for (const kind of ['correspondent', 'documentType', 'storagePath', 'tag']) {
	values[`${kind}.setPermissions`] = { permissions: { viewUsers: 'reader' } };
	values[`${kind}.update`] = { updateFields: { match: 'x' } };
}

const defaults: Record<string, unknown> = {
	bundleId: '1',
	correspondent: byName('City Library'),
	customField: byName('Reference'),
	document: byId(5),
	documentId: '6',
	documentType: byName('Letter'),
	group: byName('family'),
	mailAccount: byName('Office'),
	mailRule: byName('Invoices'),
	name: 'New',
	path: 'x',
	processedMailId: '1',
	savedView: byName('All'),
	shareLinkId: '1',
	storagePath: byName('By year'),
	tag: byName('invoice'),
	taskId: '1',
	user: byName('reader'),
	workflow: byName('Sort'),
	workflowJson: JSON.stringify({ name: 'New' }),
};

/** An operation with values with which there is nothing wrong. */
export type Case = {
	name: string;
	resource: string;
	operation: Operation;
	values: IDataObject;
};

export const cases: Case[] = resources.flatMap(({ value: resource, operations }) =>
	operations.map((operation) => {
		const name = `${resource}.${operation.value}`;
		const usual = operation.parameters.flatMap((parameter) =>
			parameter.name in defaults ? [[parameter.name, defaults[parameter.name]]] : [],
		);
		return {
			name,
			resource,
			operation,
			values: { resource, ...Object.fromEntries(usual), ...values[name] } as IDataObject,
		};
	}),
);

export const writes = ({ operation, values: given }: Case) => {
	const usual = operation.parameters.map((parameter) => [parameter.name, parameter.default]);
	return accessOf(operation, { ...Object.fromEntries(usual), ...given }) === 'write';
};

/** The sandbox has no language model; the questions to one are tested by themselves. */
export const isAi = ({ operation: { needs } }: Case) => needs === 'aiFeatures';

export const isOffered = ({ operation: { needs } }: Case, profile: Profile) =>
	needs === undefined || new Server(profile, 10).has(needs);

/** Adds what the recorded base state lacks and the values name. */
export async function addNamed(sandbox: Sandbox): Promise<void> {
	const view = { name: 'All', filter_rules: [], sort_field: 'created', sort_reverse: true };
	const shown = { show_on_dashboard: false, show_in_sidebar: false };
	await sandbox.api('POST', 'saved_views/', { ...view, ...shown });
	await addProcessedMail(sandbox);
	await sandbox.api('POST', 'workflows/', { name: 'Sort', triggers: [], actions: [] });
}

/** What every operation needs to succeed: input items, and values beside the usual ones. */
export type Furnished = { items: INodeExecutionData[]; own: Record<string, IDataObject> };

/** Gives every operation something to work on. */
export async function furnish(sandbox: Sandbox, engine: Engine, isNew = true): Promise<Furnished> {
	await addNamed(sandbox);
	const [note] = await sandbox.api<Array<{ id: number }>>('POST', 'documents/5/notes/', {
		note: 'x',
	});
	await sandbox.api('POST', 'share_links/', { document: 5 });
	if (isNew) {
		await sandbox.api('POST', 'share_link_bundles/', { document_ids: [5] });
		const version = { resource: 'documentVersion', document: byId(4) };
		await results(engine, 'upload', version, { items: [await textFile(engine, 'A version')] });
	}
	await sandbox.api('DELETE', 'documents/6/');
	const [task] = await results(engine, 'getAll', { resource: 'task', limit: 1 });
	const taskId = String(task?.task_id);
	return {
		items: [await textFile(engine, 'A letter')],
		own: {
			'documentVersion.rename': { document: byId(4), version: '7', label: 'x' },
			'documentVersion.delete': { document: byId(4), version: '7' },
			'note.delete': { noteId: String(note?.id) },
			'system.updateConfiguration': { settings: '{ "language": "deu" }' },
			'task.acknowledge': { taskId },
			'task.get': { taskId },
			'task.waitFor': { taskId },
		},
	};
}
