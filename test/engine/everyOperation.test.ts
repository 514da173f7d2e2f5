import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { resources } from '../../nodes/PaperlessNgx/resources/index.ts';
import { Server } from '../../nodes/api/server.ts';
import type { Operation } from '../../nodes/toolkit/operation.ts';
import { accessOf } from '../../nodes/toolkit/operation.ts';
import type { Parameter } from '../../nodes/toolkit/parameter.ts';
import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import { addProcessedMail } from '../support/mail.mts';
import type { Profile } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

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

type Case = {
	name: string;
	resource: string;
	operation: Operation;
	values: IDataObject;
};

const cases: Case[] = resources.flatMap(({ value: resource, operations }) =>
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

const writes = ({ operation, values: given }: Case) => {
	const usual = operation.parameters.map((parameter) => [parameter.name, parameter.default]);
	return accessOf(operation, { ...Object.fromEntries(usual), ...given }) === 'write';
};

const isShown = ({ displayOptions }: Parameter, { operation, values: given }: Case) =>
	Object.entries(displayOptions?.show ?? {}).every(([name, wanted]) => {
		const { default: usual } = operation.parameters.find((one) => one.name === name) ?? {};
		return (wanted as unknown[] | undefined)?.includes(given[name] ?? usual);
	});

/** Something that no parameter of that type can take, as an expression may yield it. */
function wrong(parameter: Parameter): unknown {
	if (parameter.typeOptions?.loadOptionsMethod !== undefined) return '={{ [{ a: 1 }] }}';
	switch (parameter.type) {
		case 'boolean':
			return '={{ "perhaps" }}';
		case 'number':
			return '={{ "many" }}';
		case 'string':
		case 'dateTime':
		case 'color':
			return '={{ ({ a: 1 }) }}';
		case 'json':
			return '={{ "[" }}';
		case 'options':
		case 'multiOptions':
			return '={{ ["nonsense"] }}';
		case 'resourceLocator':
			return '={{ "Nobody knows" }}';
		default:
			return undefined;
	}
}

type Row = {
	name: string;
	label: string;
	of: Case;
	parameters: IDataObject;
	/** Whether nothing is refused here; other fields of collections are then as if not added. */
	rejectsEmpty: boolean;
};

/** Every parameter of every operation, each with a value that is bad in one way. */
const rowsOf = (bad: (parameter: Parameter) => unknown): Row[] =>
	cases.flatMap((of) =>
		of.operation.parameters
			.filter((parameter) => isShown(parameter, of))
			.flatMap((parameter): Row[] => {
				const row = (label: string, value: unknown, rejectsEmpty = true): Row => ({
					name: of.name,
					label,
					of,
					parameters: { ...of.values, [parameter.name]: value } as IDataObject,
					rejectsEmpty,
				});
				if (parameter.type === 'collection') {
					return (parameter.options as readonly Parameter[])
						.filter((inner) => bad(inner) !== undefined)
						.map((inner) => {
							const rejectsEmpty = Boolean(parameter.rejectsEmpty ?? inner.rejectsEmpty);
							return row(inner.displayName, { [inner.name]: bad(inner) }, rejectsEmpty);
						});
				}
				return bad(parameter) === undefined ? [] : [row(parameter.displayName, bad(parameter))];
			}),
	);

/** The sandbox has no language model; the questions to one are tested by themselves. */
const isAi = ({ operation: { needs } }: Case) => needs === 'aiFeatures';

const isOffered = ({ operation: { needs } }: Case, profile: Profile) =>
	needs === undefined || new Server(profile, 10).has(needs);

let sandbox: Sandbox;
let engine: Engine;
let items: INodeExecutionData[];

function against(profile: Profile) {
	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		items = [await textFile(engine, 'A letter')];
		const view = { name: 'All', filter_rules: [], sort_field: 'created', sort_reverse: true };
		const shown = { show_on_dashboard: false, show_in_sidebar: false };
		await sandbox.api('POST', 'saved_views/', { ...view, ...shown });
		await addProcessedMail(sandbox);
		await sandbox.api('POST', 'workflows/', { name: 'Sort', triggers: [], actions: [] });
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.forgetRequests());
}

const nothingWritten = async () =>
	expect((await sandbox.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);

describe('a value of the wrong type', () => {
	against('3.0.5');

	it.each(rowsOf(wrong))(
		'is refused by its name: $name, $label',
		async ({ of, label, parameters }) => {
			const told = await refusal(engine, of.operation.value, parameters, { items });

			expect(told.message).toContain(`“${label}”`);
			expect(told.description).not.toBe('');
			await nothingWritten();
		},
	);
});

describe('a credential that is set to Read Only', () => {
	against('3.0.5');

	it.each(cases)('lets $name look but not write', async (tested) => {
		const { operation, values: parameters } = tested;
		const { error } = await run(
			engineFor(sandbox, 'admin', { readOnly: true }),
			operation.value,
			parameters,
			{ items },
		);

		const refused = error?.message === 'The credential is set to Read Only';
		expect(refused).toBe(writes(tested));
	});
});

/** Lists of things that no server has, each by the ID. */
function unknown(parameter: Parameter): unknown {
	if (parameter.typeOptions?.loadOptionsMethod !== undefined) return [99999];
	if (parameter.type === 'resourceLocator') return byId(99999);
	return /^(documentIds|documentId|shareLinkId|bundleId|noteId|processedMailId|version|taskId)$/.test(
		parameter.name,
	)
		? '99999'
		: undefined;
}

describe.each(profiles)('an ID that is unknown, on Paperless-ngx %s', (profile) => {
	against(profile);
	const known = rowsOf(unknown).filter(({ of }) => isOffered(of, profile) && !isAi(of));

	it.each(known)('is refused: $name, $label', async ({ of, label, parameters }) => {
		const letter = await textFile(engine, `A letter with an unknown ${label}`);

		const told = await refusal(engine, of.operation.value, parameters, { items: [letter] });
		const done = (await sandbox.requests()).filter(
			({ method, status }) => method !== 'GET' && status < 300,
		);

		const words = /99999|not exist|don't exist|needs Paperless-ngx 2.19/;
		expect(`${told.message} ${told.description}`).toMatch(words);
		// Owner and permissions are set once the file is a document; the message says that it is.
		const later = of.name === 'document.upload' && /Owner|User|Group/.test(label);
		if (later) expect(told.description).toMatch(/is document #\d+\. Perhaps not set/);
		else expect(done).toEqual([]);
	});
});

describe.each(profiles)('a server that is too old, Paperless-ngx %s', (profile) => {
	against(profile);
	const missing = cases.filter((one) => !isOffered(one, profile));
	if (profile === '3.0.5') return it('is not this one', () => expect(missing).toEqual([]));

	it.each(missing)('is told apart before $name is sent', async ({ operation, values: given }) => {
		const told = await refusal(engine, operation.value, given, { items });

		expect(told.message).toMatch(
			new RegExp(`needs Paperless-ngx \\d\\.\\d+ or later; this server is ${profile}$`),
		);
		await nothingWritten();
	});
});

describe.each(profiles)('a user without any permission, on Paperless-ngx %s', (profile) => {
	against(profile);
	/** What these answer is open to everybody, or is what the user may see: nothing. */
	const open =
		/autocomplete|checkForUpdate|getConfiguration|getNextAsn|getSensors|getStatistics|search.global|storagePath.test|trash.getAll|waitFor/;
	const guarded = cases.filter(
		(one) => !writes(one) && isOffered(one, profile) && !isAi(one) && !open.test(one.name),
	);
	let nobody: Engine;
	beforeAll(async () => {
		const login = { username: 'nobody', password: 'nobodypass1' };
		await sandbox.api('POST', 'users/', login);
		const { token } = await sandbox.api<{ token: string }>('POST', 'token/', login);
		nobody = engineFor(sandbox, 'admin', { apiToken: token });
	});

	it.each(guarded)('is told what $name needs', async ({ operation, values: given }) => {
		const told = await refusal(nobody, operation.value, given, { items });

		expect(told.message).toContain('The token’s user may not do this');
		expect(told.description).toMatch(/the permission “view_\w+”|marked as “Admin”/);
	});
});

describe('a server that is newer than this package', () => {
	const reset = async () => {
		await sandbox.reset();
		const view = { name: 'All', filter_rules: [], sort_field: 'created', sort_reverse: true };
		await sandbox.api('POST', 'saved_views/', view);
		await addProcessedMail(sandbox);
		await sandbox.api('POST', 'workflows/', { name: 'Sort', triggers: [], actions: [] });
		const notes = await sandbox.api<Array<{ id: number }>>('POST', 'documents/5/notes/', {
			note: 'x',
		});
		own['note.delete'] = { noteId: String(notes[0]?.id) };
		await sandbox.api('POST', 'share_links/', { document: 5 });
		await sandbox.api('POST', 'share_link_bundles/', { document_ids: [5] });
		const version = { resource: 'documentVersion', document: byId(4) };
		await results(engine, 'upload', version, { items: [await textFile(engine, 'A version')] });
		await sandbox.api('DELETE', 'documents/6/');
		items = [await textFile(engine, 'A letter')];
	};
	/** What differs from the ordinary values, so that there is something to work on. */
	const own: Record<string, IDataObject> = {
		'documentVersion.delete': { document: byId(4), version: '7' },
		'system.updateConfiguration': { settings: '{ "language": "deu" }' },
		'task.get': { taskId: '00000000-0000-4000-8000-000000000000' },
		'task.waitFor': { taskId: '00000000-0000-4000-8000-000000000000' },
	};
	/** The archive has no document with a password. */
	const refused = { 'pdf.removePassword': /not protected by a password/ };

	beforeAll(async () => {
		sandbox = await Sandbox.start('3.9.0');
		engine = engineFor(sandbox);
		await reset();
	});
	afterAll(async () => await sandbox.close());

	it.each(cases.filter((one) => !isAi(one)))('does not stop $name', async (tested) => {
		const { name, operation, values: usual } = tested;

		const { error, json } = await run(
			engine,
			operation.value,
			{ ...usual, ...own[name] },
			{ items },
		);
		if (writes(tested)) await reset();

		expect(`${name}: ${error?.message ?? 'done'}`).toMatch(
			name in refused ? refused[name as keyof typeof refused] : /: done$/,
		);
		if (!error) expect(json).not.toEqual([]);
	});

	it('is named by every operation where it no longer speaks the API versions of this package', async () => {
		const future = await Sandbox.start('4.0.0');
		const told = new Set<string>();
		for (const { operation, values: given } of cases) {
			const { message, description } = await refusal(engineFor(future), operation.value, given, {
				items,
			});
			told.add(`${message}: ${description}`);
		}
		await future.close();

		expect([...told]).toEqual([
			'Paperless-ngx refuses the version of the API: This node speaks API versions 8 to 10; this server (4.0.0) offers only newer ones. Update the node.',
		]);
	});
});

describe('an empty value', () => {
	against('3.0.5');
	const empty = rowsOf((parameter) => {
		if (parameter.type === 'resourceLocator') return '={{ "" }}';
		return /^(documentIds|documentId|shareLinkId|bundleId|noteId|processedMailId|version|taskId)$/.test(
			parameter.name,
		)
			? '={{ [] }}'
			: undefined;
	});

	const isRejected = (row: Row) => row.rejectsEmpty;
	const isLeftAlone = (row: Row) => !row.rejectsEmpty && writes(row.of);

	it.each(empty.filter(isLeftAlone))(
		'leaves the field alone: $name, $label',
		async ({ of, label, parameters }) => {
			const { error } = await run(engine, of.operation.value, parameters, { items });

			expect(`${error?.message}`).not.toContain(`“${label}”`);
		},
	);

	it.each(empty.filter(isRejected))(
		'is refused: $name, $label',
		async ({ of, label, parameters }) => {
			const told = await refusal(engine, of.operation.value, parameters, { items });

			expect(told.message).toContain(`“${label}”`);
			expect(told.description).not.toBe('');
			await nothingWritten();
		},
	);
});
