import type { Engine } from '../support/engine.mts';
import { addMail } from '../support/mail.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('mail on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;

	const account = async (operation: string, parameters: object) =>
		await results(engine, operation, { resource: 'mailAccount', ...parameters });
	const rule = async (operation: string, parameters: object) =>
		await results(engine, operation, { resource: 'mailRule', ...parameters });
	const refused = async (resource: string, operation: string, parameters: object) =>
		await refusal(engine, operation, { resource, ...parameters });
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.behave();
		await sandbox.reset();
		await addMail(sandbox);
		await sandbox.forgetRequests();
	});

	const home = {
		name: 'Home',
		imapServer: 'imap.sandbox.test',
		username: 'clara',
		password: 'mailpass1',
	};

	it('accounts are created, and never show the password', async () => {
		const made = await account('create', { ...home, additionalFields: { imapSecurity: 3 } });
		const read = await account('get', { mailAccount: byName('Home') });
		const all = await account('getAll', { returnAll: true });

		expect(made).toMatchObject([{ name: 'Home', username: 'clara', imap_security: 3 }]);
		expect(all.map(({ name }) => name)).toEqual(['Office', 'Home']);
		expect(JSON.stringify([made, read, all])).not.toMatch(/mailpass1|password|\*\*\*/);
	});

	it('accounts with a new password say that it was replaced, and keep it to themselves', async () => {
		const [changed] = await account('update', {
			mailAccount: byName('Office'),
			updateFields: { password: 'wrongpass2', imapPort: 143 },
		});
		const told = await refused('mailAccount', 'test', { mailAccount: byName('Office') });

		expect(changed).toMatchObject({
			updated: true,
			changes: { password: 'replaced', imap_port: { from: 993, to: 143 } },
		});
		expect(JSON.stringify([changed, told])).not.toContain('wrongpass2');
		expect(told.message).toBe('The mail server does not let Paperless-ngx in');
		expect(told.description).toContain('Unable to connect to server');
	});

	it('accounts do not show the password that an answer repeats', async () => {
		const body = { detail: 'Cannot store mailpass1 for clara' };
		await sandbox.misbehave({ kind: 'status', status: 400, method: 'POST', body });

		const told = await refused('mailAccount', 'create', home);

		expect(`${told.message} ${told.description}`).toContain('Cannot store');
		expect(JSON.stringify(told)).not.toContain('mailpass1');
	});

	it('accounts are tested with what the server knows of them', async () => {
		const tested = await account('test', { mailAccount: byName('Office') });

		expect(tested).toEqual([{ id: 1, name: 'Office', success: true }]);
	});

	it('accounts of a mail server that cannot be reached say so', async () => {
		const updateFields = { imapServer: 'imap.invalid' };
		await account('update', { mailAccount: byName('Office'), updateFields });

		const told = await refused('mailAccount', 'test', { mailAccount: byName('Office') });

		expect(told.message).toBe('Paperless-ngx cannot reach the mail server');
	});

	it('accounts are deleted with their rules', async () => {
		const gone = await account('delete', { mailAccount: byName('Office') });

		expect(gone).toMatchObject([{ deleted: true }]);
		expect(await rule('getAll', { returnAll: true })).toEqual([]);
	});

	it('rules are created from names, and show them', async () => {
		const [made] = await rule('create', {
			name: 'Bills',
			account: byName('Office'),
			additionalFields: {
				assignCorrespondent: byName('City Library'),
				assignCorrespondentFrom: 4,
				assignDocumentType: byName('Letter'),
				assignTags: ['invoice'],
				owner: byName('clerk'),
			},
		});

		expect(made).toMatchObject({
			name: 'Bills',
			account_name: 'Office',
			assign_tag_names: ['invoice'],
			assign_correspondent_name: 'City Library',
			assign_document_type_name: 'Letter',
			owner_name: 'clerk',
		});
	});

	it('rules say by name what an update changed, and are not written where nothing does', async () => {
		const updateFields = { assignTags: ['invoice'], filterFrom: 'billing@', maximumAge: 7 };

		const [changed] = await rule('update', { mailRule: byName('Invoices'), updateFields });
		await sandbox.forgetRequests();
		const [same] = await rule('update', { mailRule: byName('Invoices'), updateFields });

		expect(changed).toMatchObject({
			updated: true,
			changes: {
				assign_tags: { added: ['invoice'], removed: [] },
				filter_from: { from: null, to: 'billing@' },
				maximum_age: { from: 30, to: 7 },
			},
		});
		expect(same).toMatchObject({ updated: false, changes: {} });
		expect(await writes()).toBe(0);
	});

	it('rules are switched off and on', async () => {
		const [off] = await rule('disable', { mailRule: byName('Invoices') });
		const [on] = await rule('enable', { mailRule: byName('Invoices') });
		const [still] = await rule('enable', { mailRule: byName('Invoices') });

		expect(off).toMatchObject({ updated: true, enabled: false });
		expect(on).toMatchObject({ updated: true, enabled: true });
		expect(still).toMatchObject({ updated: false, enabled: true });
	});

	it('rules that move mails are refused without a folder', async () => {
		const asked = { name: 'Moves', account: byName('Office'), additionalFields: { action: 2 } };

		const told = await refused('mailRule', 'create', asked);

		expect(told.message).toBe('“Action Parameter” is empty');
		expect(await writes()).toBe(0);
	});

	it.each([
		['create', { name: 'x', account: byName('Offic') }, 'There is no mail account “Offic”'],
		['enable', { mailRule: byId(4711) }, 'There is no mail rule with the ID 4711'],
	])('rules are not written where something is unknown: %s', async (operation, asked, words) => {
		const told = await refused('mailRule', operation, asked);

		expect(told.message).toContain(words);
		expect(await writes()).toBe(0);
	});
});
