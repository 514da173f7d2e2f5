import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { resources } from '../../../nodes/PaperlessNgx/resources/index.ts';
import { Server } from '../../../nodes/api/server.ts';
import { accessOf } from '../../../nodes/toolkit/operation.ts';
import type { Engine } from '../../support/engine.mts';
import { fixtureItem } from '../../support/fixtures.mts';
import { byId, byName, engineFor, run, textFile } from '../../support/paperless.mts';
import { addMail, addProcessedMail } from '../../support/mail.mts';
import type { Fault, Profile, SeenRequest } from '../../support/sandbox.mts';
import { profiles, Sandbox } from '../../support/sandbox.mts';

/** What an operation is asked for: each field that it knows, with something that is not so yet. */
type Request = IDataObject | ((sandbox: Sandbox, engine: Engine) => Promise<IDataObject>);

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
const ruleFields = {
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
	(asked: IDataObject): Request =>
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

const requests: Record<string, Request> = {
	'apiCall.send': { method: 'POST', path: 'tags/', jsonBody: '{"name": "By hand"}' },
	'document.upload': {
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
	},
	'document.claimNext': { tag: byName('invoice'), replaceWith: byName('Household') },
	'document.delete': { document: byId(5) },
	'document.email': { documentIds: '5', to: 'a@example.com', subject: 'Papers', message: 'Here' },
	'document.update': {
		document: byId(5),
		updateFields: {
			addTags: ['invoice', 'Household'],
			archiveSerialNumber: 77,
			attachCustomFields: ['Due'],
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
	},
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
	'documentBulk.updateCustomFields': { ...several, customFields, removeCustomFields: ['Due'] },
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
	'savedView.create': { name: 'New', ...viewFields },
	'savedView.delete': savedView,
	'savedView.update': async (sandbox) => ({
		...(await savedView(sandbox)),
		newName: 'Other',
		...viewFields,
	}),
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

const requestsOf = (profile: Profile): Record<string, Request> =>
	Object.fromEntries([
		...Object.entries(requests),
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

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const offered = (profile: Profile) =>
	resources.flatMap(({ value: resource, operations }) =>
		operations
			.filter((operation) => {
				const usual = operation.parameters.map((parameter) => [parameter.name, parameter.default]);
				const asked = requests[`${resource}.${operation.value}`];
				const given = { ...Object.fromEntries(usual), ...(isObject(asked) && asked) };
				const isWritten = accessOf(operation, given) === 'write';
				const { needs } = operation;
				return isWritten && (needs === undefined || new Server(profile, 10).has(needs));
			})
			.map((operation) => ({ name: `${resource}.${operation.value}`, resource, operation })),
	);

type Lie = { words: string; fault: Fault };

type Misreading = { words: string; field: (string | number)[]; value?: unknown };

/** Another value of the same kind, which the server would take as well. */
function otherThan(value: unknown): unknown {
	if (typeof value === 'boolean') return !value;
	if (typeof value === 'number') return value === 1 ? 2 : 1;
	if (value === null) return 1;
	const text = String(value);
	if (/^\d{4}-\d\d-\d\d/.test(text)) return text.replace(/^\d{4}/, '1999');
	if (/^#[\da-f]{6}$/i.test(text)) return '#abcdef';
	if (/^\d+$/.test(text)) return text === '1' ? '2' : '1';
	return `${text}x`;
}

/** Everything of a body that a server can fail to see or take for something else. */
function misreadings(sent: unknown, field: (string | number)[] = []): Misreading[] {
	const at = field.join('.');
	const other = { words: `stores another ${at}`, field, value: otherThan(sent) };
	if (Array.isArray(sent)) {
		if (sent.length === 0) return [];
		const fewer = { words: `drops one of ${at}`, field, value: sent.slice(0, -1) };
		return [fewer, ...misreadings(sent.at(-1), [...field, sent.length - 1])];
	}
	const unseen = { words: `ignores ${at}`, field };
	if (isObject(sent)) {
		const inner = Object.entries(sent).flatMap(([name, value]) =>
			misreadings(value, [...field, name]),
		);
		return field.length > 0 ? [unseen, ...inner] : inner;
	}
	return typeof field.at(-1) === 'number' ? [other] : [unseen, other];
}

const exactly = (path: string) => `^${path.replaceAll(/[.*+?^$()|[\]]/g, String.raw`\$&`)}$`;

/** Whether a reply shows what is stored, so that an operation may take the server at its word. */
const showsState = (answer: unknown) =>
	Array.isArray(answer) || (isObject(answer) && ('id' in answer || 'task_id' in answer));

/** What a server may do instead of what one request asks for. */
function liesAbout({ method, path, sent, answer, status }: SeenRequest): Lie[] {
	const where = { method, path: exactly(path), times: 1000 };
	const request = `${method} ${path.replaceAll(/\d+/g, 'ID')}`;
	const lies = misreadings(sent).map(({ words, ...misreading }) => ({
		words: `${request} ${words}`,
		fault: { ...where, kind: 'misread' as const, ...misreading },
	}));
	if (showsState(answer)) return lies;
	const doesNothing = { ...where, kind: 'status' as const, status, body: answer };
	return [...lies, { words: `${request} does nothing`, fault: doesNothing }];
}

/** Lies that no client can find out, and why an operation may say what it says all the same. */
const undetectable: Array<[operation: RegExp, lie: RegExp, because: string]> = [
	[/^apiCall\.send$/, /./, 'the user writes the request, and the reply is all that is reported'],
	[
		/^mailAccount\.process$/,
		/nothing/,
		'servers before 3.0 tell nothing, and “unknown” is reported',
	],
	[/^document\.email$/, /./, 'the server keeps nothing of the e-mails that it sends'],
	[/^document\.claimNext$/, /correspondents/, 'the lock is no part of what is reported'],
	[/^documentBulk\.reprocess$/, /./, 'only “queued” is reported, as the server said'],
	[/^pdf\./, /pages|page|rotate|degrees/, 'of the pages only their number is known'],
	[/^pdf\./, /metadata/, 'the output is the new document as it is'],
	[/^(user|mailAccount)\./, /password/, 'no server shows a password'],
	[/^customField\.update$/, /another .*label/, 'the option is added again; the other one is shown'],
];

const isUndetectable = (operation: string, lie: string) =>
	undetectable.some(([name, words]) => name.test(operation) && words.test(lie));

/**
 * Lies that were told already, with the server's newest version. Older ones are told them again only
 * where the client goes about the work in another way.
 */
const told = new Set<string>();
const hasOtherWays = /^(pdf|trash|document)\./;

const isNews = (operation: string, lie: string): boolean => {
	const key = `${operation} ${lie}`;
	if (told.has(key) && !hasOtherWays.test(operation)) return false;
	told.add(key);
	return true;
};

const lists = [
	'documents/?full_perms=true&fields=id,title,content,created,correspondent,document_type,storage_path,tags,owner,permissions,archive_serial_number,custom_fields,notes',
	...['tags', 'correspondents', 'document_types', 'storage_paths'].map(
		(kind) => `${kind}/?full_perms=true`,
	),
	...['custom_fields', 'groups', 'saved_views', 'share_links', 'trash', 'users'].map(
		(kind) => `${kind}/?fields=`,
	),
	...['mail_accounts', 'mail_rules'].map((kind) => `${kind}/?full_perms=true`),
	'config/',
	'workflows/?fields=',
];
const listsFrom219 = ['processed_mail/'];

/** What differs between two archives that are alike. */
const incidental =
	/^(modified|added|slug|last_correspondence|created_date|checksum|deleted_at|date_joined)$/;

const withoutIncidentals = (key: string, value: unknown) =>
	incidental.test(key) || (key === 'created' && String(value).includes('T')) ? undefined : value;

describe.each(profiles.toReversed())(
	'a server that does not do what it is asked, %s',
	(profile) => {
		const wanted = requestsOf(profile);
		let sandbox: Sandbox;
		let engine: Engine;

		beforeAll(async () => {
			sandbox = await Sandbox.start(profile);
			engine = engineFor(sandbox);
		});
		afterAll(async () => await sandbox.close());

		const archive = async () => {
			await sandbox.behave();
			const offeredLists = profile === '2.15.3' ? lists : [...lists, ...listsFrom219];
			const all = await Promise.all(
				offeredLists.map(async (path) => await sandbox.api<unknown>('GET', path)),
			);
			return JSON.stringify(all, withoutIncidentals);
		};

		const attempt = async (name: string, lie?: Lie) => {
			await sandbox.behave();
			await sandbox.reset();
			await sandbox.settings({ consumptionSeconds: 0 });
			const request = wanted[name];
			const asked = typeof request === 'function' ? await request(sandbox, engine) : request;
			const [resource, operation = ''] = name.split('.');
			const items: INodeExecutionData[] = [await textFile(engine, 'A letter about water')];
			await sandbox.forgetRequests();
			if (lie) await sandbox.misbehave(lie.fault);
			const parameters = { resource, ...asked };
			const result = await run(engine, operation, parameters, { items, errorOutput: true });
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');
			const messages = [result.error?.message, ...result.refused.map(({ json }) => json.error)];
			return { writes, errors: messages.filter((message) => message !== undefined) };
		};

		it('is asked for everything that can be written', () => {
			const missing = offered(profile).filter(({ name }) => !(name in wanted));
			expect(missing.map(({ name }) => name)).toEqual([]);
		});

		it.each(offered(profile))(
			'is found out by $name',
			async ({ name }) => {
				const { writes, errors } = await attempt(name);
				const honest = await archive();
				const lies = writes
					.flatMap(liesAbout)
					.filter(({ words }) => !isUndetectable(name, words) && isNews(name, words));
				const believed: string[] = [];
				for (const lie of lies) {
					const attempted = await attempt(name, lie);
					if (attempted.errors.length === 0 && (await archive()) !== honest)
						believed.push(lie.words);
				}

				expect(errors).toEqual([]);
				expect(writes).not.toEqual([]);
				expect(believed).toEqual([]);
			},
			100_000,
		);
	},
);
