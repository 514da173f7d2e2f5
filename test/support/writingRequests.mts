import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Engine } from './engine.mts';
import { fixtureItem } from './fixtures.mts';
import { addMail, addProcessedMail } from './mail.mts';
import { byId, byName, run, textFile, engineFor } from './paperless.mts';
import type { Profile, Sandbox } from './sandbox.mts';

/** What a writing operation is asked for: each field that it knows, with something that is not so yet. */
export type WritingRequest =
	| IDataObject
	| ((sandbox: Sandbox, engine: Engine) => Promise<IDataObject>);

const several = { target: 'ids', documentIds: '2, 5' };
const permissions = { viewUsers: 'reader', viewGroups: 'family', changeUsers: 'clerk' };
const permissionChange = { permissions, options: { owner: byName('clerk') } };
const matching = {
	match: 'water',
	matchingAlgorithm: 2,
	isInsensitive: false,
	owner: byName('clerk'),
};
const objects = {
	correspondent: { value: byName('City Library'), more: {} },
	documentType: { value: byName('Letter'), more: {} },
	storagePath: { value: byName('By year'), more: { path: '{{ title }}' } },
	tag: { value: byName('invoice'), more: {} },
};
const customFields = {
	mappingMode: 'defineBelow',
	value: { '1': 'R-1', '7': '12.50 EUR', '8': [5, 6] },
};

/** Changes of custom fields that begin with what a document has. */
const customFieldChanges = {
	clearCustomFields: ['Web page'],
	incrementCustomFields: {
		rows: [
			{ field: 'Pages', by: 2 },
			{ field: 'Weight', by: 0.5 },
		],
	},
};
/** With values to begin with. */
const withValues =
	(asked: IDataObject): WritingRequest =>
	async (sandbox) => {
		const custom_fields = [
			{ field: 2, value: 'https://example.com/' },
			{ field: 3, value: '2024-05-02' },
			{ field: 5, value: 3 },
		];
		for (const id of [2, 5]) await sandbox.api('PATCH', `documents/${id}/`, { custom_fields });
		return asked;
	};

const userFields = {
	email: 'anna@example.com',
	firstName: 'Anna',
	groups: ['family'],
	isActive: false,
	isStaff: true,
	isSuperuser: true,
	lastName: 'Amsel',
	password: 'a long secret 1',
	userPermissions: ['view_tag', 'add_tag'],
};

const accountFields = {
	imapServer: 'imap.example.com',
	username: 'home',
	password: 'another secret 3',
};
const moreOfAccount = {
	characterSet: 'US-ASCII',
	imapPort: 143,
	imapSecurity: 3,
	isToken: true,
	owner: byName('clerk'),
};
/** All fields of a mail rule. */
export const ruleFields = {
	action: 5,
	actionParameter: 'done',
	assignCorrespondent: byName('City Library'),
	assignCorrespondentFrom: 4,
	assignDocumentType: byName('Letter'),
	assignOwnerFromRule: false,
	assignTags: ['invoice', 'Household'],
	assignTitleFrom: 2,
	attachmentType: 2,
	consumptionScope: 3,
	filterAttachmentFilenameExclude: 'logo*',
	filterAttachmentFilenameInclude: '*.pdf',
	filterBody: 'amount',
	filterFrom: 'billing@',
	filterSubject: 'invoice',
	filterTo: 'me@',
	folder: 'Post',
	maximumAge: 7,
	order: 3,
	owner: byName('clerk'),
	pdfLayout: 4,
};
const withMail =
	(asked: IDataObject): WritingRequest =>
	async (sandbox) => {
		await addMail(sandbox);
		return asked;
	};

const trashed = async (sandbox: Sandbox): Promise<IDataObject> => {
	await sandbox.api('DELETE', 'documents/6/');
	return { documentId: '6' };
};
const sharedLink = async (sandbox: Sandbox): Promise<IDataObject> => {
	const link = { document: 5, file_version: 'archive', expiration: null };
	const { id } = await sandbox.api<{ id: number }>('POST', 'share_links/', link);
	return { shareLinkId: String(id) };
};
const bundle = async (sandbox: Sandbox): Promise<IDataObject> => {
	const wanted = { document_ids: [2, 5], file_version: 'archive', expiration_days: 7 };
	const { id } = await sandbox.api<{ id: number }>('POST', 'share_link_bundles/', wanted);
	return { bundleId: String(id), waitUntilReady: false };
};
const savedView = async (sandbox: Sandbox): Promise<IDataObject> => {
	const view = { name: 'All', filter_rules: [], sort_field: 'created', sort_reverse: true };
	const shown = { show_on_dashboard: false, show_in_sidebar: false };
	await sandbox.api('POST', 'saved_views/', { ...view, ...shown });
	return { savedView: byName('All') };
};
const viewFields = {
	filters: { allTags: ['invoice'], hasCorrespondent: 'yes' },
	options: {
		columns: ['Title', 'Reference'],
		displayMode: 'table',
		pageSize: 7,
		sortField: 'title',
		sortDescending: false,
	},
};

const workflow = async (sandbox: Sandbox, enabled: boolean): Promise<IDataObject> => {
	const triggers = [{ type: 2, filter_filename: '*.pdf', filter_has_tags: [1] }];
	const actions = [{ type: 1, assign_title: 'A title', assign_tags: [2] }];
	await sandbox.api('POST', 'workflows/', { name: 'Sort', enabled, triggers, actions });
	return { workflow: byName('Sort') };
};
const workflowJson = JSON.stringify({
	name: 'New',
	order: 4,
	triggers: [{ type: 'document_added', filter_has_tags: ['invoice', 'Inbox'], match: 'water' }],
	actions: [
		{ type: 'assignment', assign_owner: 'clerk', assign_tags: ['Household'] },
		{
			type: 'webhook',
			webhook: { url: 'http://a.example/', as_json: true, headers: { 'X-Key': 'secret' } },
		},
	],
});

const uploadFields = {
	additionalFields: {
		archiveSerialNumber: 77,
		correspondent: byName('City Library'),
		created: '2024-02-03',
		documentType: byName('Letter'),
		note: 'From the post',
		owner: byName('clerk'),
		storagePath: byName('By year'),
		tags: ['invoice', 'Household'],
		title: 'A letter',
	},
	customFields,
	permissions,
};

export const writingRequests: Record<string, WritingRequest> = {
	'apiCall.send': { method: 'POST', path: 'tags/', jsonBody: '{"name": "By hand"}' },
	'document.upload': uploadFields,
	'document.upsert': { ...uploadFields, archiveSerialNumber: '77' },
	'document.claimNext': { tag: byName('invoice'), replaceWith: byName('Household') },
	'document.delete': { document: byId(5) },
	'document.email': { documentIds: '5', to: 'a@example.com', subject: 'Papers', message: 'Here' },
	'document.update': withValues({
		document: byId(5),
		updateFields: {
			...customFieldChanges,
			addTags: ['invoice', 'Household'],
			archiveSerialNumber: 77,
			attachCustomFields: ['Status'],
			content: 'Another text',
			correspondent: byName('City Library'),
			created: '2024-02-03',
			documentType: byName('Letter'),
			owner: byName('clerk'),
			removeTags: ['Inbox'],
			storagePath: byName('By year'),
			title: 'Another title',
		},
		customFields,
		permissions,
	}),
	'customField.create': { name: 'New', dataType: 'select', selectOptions: 'Open, Done' },
	'customField.upsert': { name: 'New', dataType: 'monetary', defaultCurrency: 'EUR' },
	'customField.delete': { customField: byName('Web page') },
	'customField.update': {
		customField: byName('Status'),
		updateFields: { name: 'State', addOptions: 'Later' },
	},
	'documentBulk.delete': several,
	'documentBulk.reprocess': several,
	'documentBulk.setCorrespondent': { ...several, correspondent: byName('City Library') },
	'documentBulk.setDocumentType': { ...several, documentType: byName('Letter') },
	'documentBulk.setPermissions': { ...several, ...permissionChange },
	'documentBulk.setStoragePath': { ...several, storagePath: byName('By year') },
	'documentBulk.updateCustomFields': withValues({
		...several,
		customFields,
		removeCustomFields: ['Due'],
		options: customFieldChanges,
	}),
	'documentBulk.updateTags': { ...several, addTags: ['Household'], removeTags: ['Inbox'] },
	'group.create': { name: 'New', additionalFields: { permissions: ['view_tag', 'add_tag'] } },
	'group.delete': { group: byName('family') },
	'group.update': {
		group: byName('family'),
		updateFields: { name: 'Other', permissions: ['view_tag', 'add_tag'] },
	},
	'documentVersion.upload': { document: byId(5), label: 'Signed' },
	'documentVersion.delete': async (sandbox) => await versions(sandbox),
	'documentVersion.mergeAsVersions': async (sandbox) => {
		await sandbox.settings({ mergesAsVersions: true });
		return { document: byId(5), documentIds: '2' };
	},
	'documentVersion.rename': async (sandbox) => ({ ...(await versions(sandbox)), label: 'Signed' }),
	'mailAccount.create': {
		name: 'Home',
		...accountFields,
		additionalFields: moreOfAccount,
		permissions,
	},
	'mailAccount.delete': withMail({ mailAccount: byName('Office') }),
	'mailAccount.process': withMail({ mailAccount: byName('Office') }),
	'mailAccount.test': withMail({ mailAccount: byName('Office') }),
	'mailAccount.update': withMail({
		mailAccount: byName('Office'),
		updateFields: { ...accountFields, ...moreOfAccount, name: 'Home', username: 'other' },
		permissions,
	}),
	'mailRule.create': withMail({
		name: 'Letters',
		account: byName('Office'),
		additionalFields: ruleFields,
		permissions,
	}),
	'mailRule.delete': withMail({ mailRule: byName('Invoices') }),
	'mailRule.disable': withMail({ mailRule: byName('Invoices') }),
	'mailRule.enable': withMail({ mailRule: byName('Receipts') }),
	'mailRule.update': withMail({
		mailRule: byName('Invoices'),
		updateFields: { ...ruleFields, name: 'Letters' },
		permissions,
	}),
	'note.create': { document: byId(5), note: 'Call back' },
	'note.delete': async (sandbox) => {
		const [note] = await sandbox.api<{ id: number }[]>('POST', 'documents/5/notes/', { note: 'x' });
		return { document: byId(5), deleteBy: 'id', noteId: String(note?.id) };
	},
	'pdf.deletePages': { document: byId(5), pages: '1, 2' },
	'pdf.editPages': {
		document: byId(5),
		pageRows: { rows: [{ page: 1, rotate: 90 }, { page: 2 }] },
	},
	'pdf.merge': {
		target: 'ids',
		documentIds: '3, 5',
		options: { archiveFallback: true, metadataFrom: '5' },
	},
	'pdf.removePassword': async (_sandbox, engine) => {
		const locked = await fixtureItem(engine, 'encrypted.pdf', 'application/pdf');
		const { json } = await run(engine, 'upload', {}, { items: [locked] });
		return { document: byId(json[0]?.id), password: 'secret' };
	},
	'pdf.rotate': { document: byId(5), degrees: 180 },
	'pdf.split': { document: byId(5), pages: '1-2, 3-4' },
	'processedMail.delete': async (sandbox) => {
		await addProcessedMail(sandbox);
		return { processedMailId: '1' };
	},
	'savedView.delete': savedView,
	'shareLink.create': { document: byId(5), fileVersion: 'original', expiration: '2031-01-01' },
	'shareLink.delete': sharedLink,
	'shareLinkBundle.create': {
		documentIds: '2, 5',
		fileVersion: 'original',
		expirationDays: 7,
		waitUntilReady: false,
	},
	'shareLinkBundle.delete': bundle,
	'shareLinkBundle.rebuild': bundle,
	'system.updateConfiguration': { settings: '{ "language": "deu", "output_type": "pdf" }' },
	'correspondent.delete': { correspondent: byName('City Library') },
	'documentType.delete': { documentType: byName('Letter') },
	'storagePath.delete': { storagePath: byName('By year') },
	'tag.delete': {
		tag: byName('invoice'),
		options: { moveDocumentsTo: byName('Household') },
	},
	'task.acknowledge': { taskId: '1' },
	'task.run': { task: 'sanity_check' },
	'trash.deletePermanently': trashed,
	'trash.restore': trashed,
	'user.create': { name: 'anna', additionalFields: userFields },
	'user.delete': { user: byName('reader') },
	'user.update': { user: byName('reader'), updateFields: { ...userFields, name: 'other' } },
	'workflow.create': { workflowJson },
	'workflow.delete': async (sandbox) => await workflow(sandbox, true),
	'workflow.disable': async (sandbox) => await workflow(sandbox, true),
	'workflow.enable': async (sandbox) => await workflow(sandbox, false),
	'workflow.update': async (sandbox) => ({ ...(await workflow(sandbox, true)), workflowJson }),
};
const fieldsOf = (kind: string, profile: Profile): IDataObject => ({
	...matching,
	...(kind === 'tag' && { color: '#123456', isInboxTag: true }),
	...(kind === 'tag' && profile !== '2.15.3' && { parent: byName('Archive') }),
});

const viewRequestsOf = (profile: Profile): Record<string, WritingRequest> => {
	const { options, ...others } = viewFields;
	const fields =
		profile === '3.0.5'
			? { ...others, options: { ...options, owner: byName('clerk') }, permissions }
			: viewFields;
	return {
		'savedView.create': { name: 'New', ...fields },
		'savedView.update': async (sandbox) => ({
			...(await savedView(sandbox)),
			newName: 'Other',
			...fields,
		}),
	};
};

export const writingRequestsOf = (profile: Profile): Record<string, WritingRequest> =>
	Object.fromEntries([
		...Object.entries(writingRequests),
		...Object.entries(viewRequestsOf(profile)),
		...Object.entries(objects).flatMap(([kind, { value, more }]): Array<[string, IDataObject]> => {
			const fields = fieldsOf(kind, profile);
			const made = { name: 'New', ...more, additionalFields: fields, permissions };
			const updateFields = { ...fields, ...more, name: 'Other' };
			return [
				[`${kind}.create`, made],
				[`${kind}.upsert`, made],
				[`${kind}.setPermissions`, { [kind]: value, ...permissionChange }],
				[`${kind}.update`, { [kind]: value, updateFields }],
			];
		}),
	]);

async function versions(sandbox: Sandbox): Promise<IDataObject> {
	const engine = engineFor(sandbox);
	const letter = await textFile(engine, 'A second version');
	const parameters = { resource: 'documentVersion', document: byId(5) };
	const { json } = await run(engine, 'upload', parameters, { items: [letter] });
	return { document: byId(5), version: String(json[0]?.version ?? json[0]?.id) };
}

/** Resets the server and makes it ready for a request, whose uploads are done at once. */
export async function prepareWrite(
	sandbox: Sandbox,
	engine: Engine,
	request: WritingRequest,
): Promise<{ asked: IDataObject; items: INodeExecutionData[] }> {
	await sandbox.behave();
	await sandbox.reset();
	await sandbox.settings({ consumptionSeconds: 0 });
	const asked = typeof request === 'function' ? await request(sandbox, engine) : request;
	return { asked, items: [await textFile(engine, 'A letter about water')] };
}
