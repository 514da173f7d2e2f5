import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../nodes/toolkit/operation.ts';
import { byId, byName } from './paperless.mts';

const several = { target: 'ids', documentIds: '2, 5' };
const pages = { document: byId(5), pages: '1' };

/** Values with which there is nothing wrong, where the defaults and a document are not enough. */
const operationValues: Record<string, IDataObject> = {
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
	operationValues[`${kind}.setPermissions`] = { permissions: { viewUsers: 'reader' } };
	operationValues[`${kind}.update`] = { updateFields: { match: 'x' } };
}

/** Values of required parameters, under the names that all operations give them. */
const parameterValues: Record<string, unknown> = {
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

/** What an operation takes with which there is nothing wrong. */
export function valuesOf(resource: string, { value, parameters }: Operation): IDataObject {
	const usual = parameters.flatMap(({ name }) =>
		name in parameterValues ? [[name, parameterValues[name]]] : [],
	);
	return { resource, ...Object.fromEntries(usual), ...operationValues[`${resource}.${value}`] };
}
