import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fixtureItem } from '../support/fixtures.mts';
import { resources } from '../../nodes/PaperlessNgx/resources/index.ts';
import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, textFile } from '../support/paperless.mts';
import type { Profile } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

/** What the user is told to ask for (nothing on servers that are not named), and parameters with which an administrator would succeed. */
type Case = { needs: string | Partial<Record<Profile, string>>; parameters?: IDataObject };

const document = byId(5);
const several = { target: 'ids', documentIds: '2, 5' };
const permissions = { viewUsers: '={{ $json.admin }}' };

const named = (
	kind: string,
	model: string,
	name: string,
	required: IDataObject = {},
): Record<string, Case> => {
	const object = { [kind]: byName(name) };
	const fields = { additionalFields: { match: 'water' } };
	return {
		create: { needs: `add_${model}`, parameters: { name: 'New', ...required } },
		delete: { needs: `delete_${model}`, parameters: object },
		setPermissions: { needs: `change_${model}`, parameters: { ...object, permissions } },
		update: { needs: `change_${model}`, parameters: { ...object, updateFields: { match: 'x' } } },
		upsert: { needs: `change_${model}`, parameters: { name, ...required, ...fields } },
	};
};

const cases: Record<string, Record<string, Case>> = {
	correspondent: named('correspondent', 'correspondent', 'City Library'),
	documentType: named('documentType', 'documenttype', 'Letter'),
	storagePath: named('storagePath', 'storagepath', 'By year', { path: '{{ created_year }}' }),
	tag: named('tag', 'tag', 'invoice'),
	customField: {
		create: { needs: 'add_customfield', parameters: { name: 'New', dataType: 'string' } },
		delete: { needs: 'delete_customfield', parameters: { customField: byName('Reference') } },
		update: {
			needs: 'change_customfield',
			parameters: { customField: byName('Reference'), updateFields: { name: 'Other' } },
		},
		upsert: {
			needs: 'change_customfield',
			parameters: { name: 'Status', dataType: 'select', selectOptions: 'Open, Done, Late' },
		},
	},
	document: {
		claimNext: {
			needs: 'delete_correspondent',
			parameters: { tag: byName('invoice'), replaceWith: byName('Inbox') },
		},
		delete: { needs: 'delete_document', parameters: { document } },
		update: { needs: 'change_document', parameters: { document, updateFields: { title: 'New' } } },
		upload: { needs: { '2.20.15': 'add_document', '3.0.5': 'add_document' } },
		upsert: {
			needs: { '2.20.15': 'add_document', '3.0.5': 'add_document' },
			parameters: { archiveSerialNumber: '4711' },
		},
		email: {
			needs: { '2.15.3': 'add_document' },
			parameters: { documentIds: '5', to: 'a@example.com', subject: 'Papers', message: 'Here' },
		},
	},
	documentBulk: {
		delete: { needs: 'delete_document', parameters: several },
		reprocess: { needs: 'change_document', parameters: several },
		setCorrespondent: {
			needs: 'change_document',
			parameters: { ...several, correspondent: byName('City Library') },
		},
		setDocumentType: {
			needs: 'change_document',
			parameters: { ...several, documentType: byName('Letter') },
		},
		setPermissions: { needs: 'change_document', parameters: { ...several, permissions } },
		setStoragePath: {
			needs: 'change_document',
			parameters: { ...several, storagePath: byName('By year') },
		},
		updateCustomFields: {
			needs: 'change_document',
			parameters: { ...several, customFields: { value: { 1: 'x' } } },
		},
		updateTags: { needs: 'change_document', parameters: { ...several, addTags: 'invoice' } },
	},
	documentVersion: {
		delete: { needs: { '3.0.5': 'delete_document' }, parameters: { document, version: 'Signed' } },
		rename: {
			needs: { '3.0.5': 'change_document' },
			parameters: { document, version: 'Signed', label: 'x' },
		},
		mergeAsVersions: {
			needs: { '3.0.5': 'change_document” and “delete_document' },
			parameters: { document, documentIds: '2' },
		},
		upload: { needs: { '3.0.5': 'add_document” and “change_document' }, parameters: { document } },
	},
	group: {
		create: { needs: 'add_group', parameters: { name: 'New' } },
		delete: { needs: 'view_group', parameters: { group: byId(1) } },
		update: {
			needs: 'view_group',
			parameters: { group: byId(1), updateFields: { name: 'x' } },
		},
	},
	mailAccount: {
		create: {
			needs: 'add_mailaccount',
			parameters: { name: 'New', imapServer: 'imap.example.com', username: 'u', password: 'p' },
		},
		delete: { needs: 'view_mailaccount', parameters: { mailAccount: byId(1) } },
		process: { needs: 'view_mailaccount', parameters: { mailAccount: byId(1) } },
		test: { needs: 'view_mailaccount', parameters: { mailAccount: byId(1) } },
		update: {
			needs: 'view_mailaccount',
			parameters: { mailAccount: byId(1), updateFields: { imapPort: 143 } },
		},
	},
	mailRule: {
		create: { needs: 'view_mailaccount', parameters: { name: 'New', account: byId(1) } },
		delete: { needs: 'view_mailrule', parameters: { mailRule: byId(1) } },
		disable: { needs: 'view_mailrule', parameters: { mailRule: byId(1) } },
		enable: { needs: 'view_mailrule', parameters: { mailRule: byId(1) } },
		update: {
			needs: 'view_mailrule',
			parameters: { mailRule: byId(1), updateFields: { maximumAge: 7 } },
		},
	},
	note: {
		create: { needs: 'add_note', parameters: { document, note: 'x' } },
		delete: {
			needs: 'delete_note',
			parameters: { document: byId(2), deleteBy: 'text', text: 'Ask about the meter number' },
		},
	},
	pdf: {
		deletePages: { needs: 'change_document', parameters: { document, pages: '1' } },
		editPages: {
			needs: {
				'2.20.15': 'change_document” and “add_document',
				'3.0.5': 'change_document” and “add_document',
			},
			parameters: { document, pageRows: { rows: [{ page: 1 }] } },
		},
		merge: { needs: 'change_document” and “add_document', parameters: several },
		removePassword: {
			needs: { '3.0.5': 'change_document' },
			parameters: { document, password: 'secret' },
		},
		rotate: { needs: 'change_document', parameters: { document } },
		split: { needs: 'change_document” and “add_document', parameters: { document, pages: '1' } },
	},
	processedMail: {
		delete: {
			needs: { '2.20.15': 'view_processedmail', '3.0.5': 'view_processedmail' },
			parameters: { processedMailId: '1' },
		},
	},
	savedView: {
		create: { needs: 'add_savedview', parameters: { name: 'New' } },
		delete: { needs: { '3.0.5': 'delete_savedview' }, parameters: { savedView: byName('All') } },
		update: {
			needs: { '3.0.5': 'change_savedview' },
			parameters: { savedView: byName('All'), newName: 'x' },
		},
	},
	shareLink: {
		create: { needs: 'add_sharelink', parameters: { document } },
		delete: { needs: 'delete_sharelink', parameters: { shareLinkId: '1' } },
	},
	shareLinkBundle: {
		create: { needs: { '3.0.5': 'add_sharelinkbundle' }, parameters: { documentIds: '5' } },
		delete: { needs: { '3.0.5': 'delete_sharelinkbundle' }, parameters: { bundleId: '1' } },
		rebuild: { needs: { '3.0.5': 'view_sharelinkbundle' }, parameters: { bundleId: '1' } },
	},
	system: {
		updateConfiguration: {
			needs: 'change_applicationconfiguration',
			parameters: { settings: '{"language":"deu"}' },
		},
	},
	task: {
		acknowledge: { needs: 'change_paperlesstask', parameters: { taskId: '1' } },
		run: { needs: 'Superuser' },
	},
	user: {
		create: { needs: 'add_user', parameters: { name: 'New' } },
		delete: { needs: 'view_user', parameters: { user: byName('admin') } },
		update: {
			needs: 'view_user',
			parameters: { user: byName('admin'), updateFields: { firstName: 'x' } },
		},
	},
	trash: {
		deletePermanently: { needs: 'Only the owner', parameters: { documentId: '6' } },
		restore: { needs: 'Only the owner', parameters: { documentId: '6' } },
	},
	workflow: {
		create: { needs: 'add_workflow', parameters: { workflowJson: '{ "name": "New" }' } },
		delete: { needs: 'delete_workflow', parameters: { workflow: byName('Sort') } },
		disable: { needs: 'change_workflow', parameters: { workflow: byName('Sort') } },
		enable: { needs: 'change_workflow', parameters: { workflow: byName('Off') } },
		update: {
			needs: 'change_workflow',
			parameters: { workflow: byName('Sort'), workflowJson: '{ "order": 3 }' },
		},
	},
};

/** Every operation that writes, with what it needs on a server; without a case the test of it fails. */
const rows = (profile: Profile) =>
	resources.flatMap(({ value: resource, operations }) =>
		operations
			.filter(({ access }) => access === 'write')
			.map(({ value: operation }) => {
				const { needs = 'a case of its own', parameters = {} } = cases[resource]?.[operation] ?? {};
				const needed = typeof needs === 'string' ? needs : needs[profile];
				return { resource, operation, needed, parameters };
			})
			.filter(({ needed }) => needed !== undefined),
	);

describe.each(profiles)('a user who may only look, on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let items: INodeExecutionData[];
	let before: unknown;

	const state = async () => {
		const paths =
			'documents trash tags correspondents document_types storage_paths custom_fields saved_views tasks config share_links workflows'.split(
				' ',
			);
		return await Promise.all(
			paths.map(async (path) => [path, await sandbox.api('GET', `${path}/?page_size=100`)]),
		);
	};

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox, 'reader');
		const { results: users } = await sandbox.api<{ results: IDataObject[] }>('GET', 'users/');
		const file = await textFile(engine, 'A letter of someone who may only look');
		items = [{ ...file, json: { admin: users[0]?.id } }];
		// Workflows are hidden from those who may only look, unless that is granted.
		const { id: reader, user_permissions: held } =
			users.find(({ username }) => username === 'reader') ?? {};
		await sandbox.api('PATCH', `users/${String(reader)}/`, {
			user_permissions: [...(held as string[]), 'view_workflow'],
		});
		// What belongs to nobody is open to everybody, so that only the permissions stand in the way.
		for (const path of ['documents', 'tags', 'correspondents', 'document_types', 'storage_paths']) {
			const { results } = await sandbox.api<{ results: IDataObject[] }>('GET', `${path}/`);
			for (const { id } of results.filter((row) => path !== 'documents' || row.id !== 6))
				await sandbox.api('PATCH', `${path}/${String(id)}/`, { owner: null });
		}
		await sandbox.api('DELETE', 'documents/6/');
		await sandbox.api('POST', 'share_links/', { document: 5 });
		for (const name of ['Sort', 'Off']) {
			const parts = { enabled: name === 'Sort', triggers: [], actions: [] };
			await sandbox.api('POST', 'workflows/', { name, ...parts });
		}
		if (profile === '3.0.5') {
			await sandbox.settings({ mergesAsVersions: true });
			const admin = engineFor(sandbox);
			const version = await fixtureItem(admin, 'report-4-pages.pdf', 'application/pdf');
			await admin.run({
				parameters: { resource: 'documentVersion', operation: 'upload', document, label: 'Signed' },
				items: [version],
			});
			await admin.run({
				parameters: { resource: 'shareLinkBundle', operation: 'create', documentIds: '5' },
			});
			const view = { name: 'All', filter_rules: [], sort_field: 'created', sort_reverse: true };
			const { id } = await sandbox.api('POST', 'saved_views/', view);
			await sandbox.api('PATCH', `saved_views/${String(id)}/`, { owner: null });
		}
		before = await state();
	});
	afterAll(async () => await sandbox.close());

	it.each(rows(profile))(
		'is refused $resource: $operation and told of $needed',
		async ({ resource, operation, needed, parameters }) => {
			const refused = await refusal(engine, operation, { resource, ...parameters }, { items });

			expect(refused.message).toContain('The token’s user may not do this');
			expect(refused.description).toContain(needed);
		},
	);

	it('has changed nothing after all of that', async () => {
		expect(await state()).toEqual(before);
	});
});
