import type { Engine } from '../support/engine.mts';
import { addMail, addProcessedMail } from '../support/mail.mts';
import { byId, byName, engineFor, refusal, results, run } from '../support/paperless.mts';
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
		const additionalFields = { imapSecurity: 3 };
		const made = await account('create', { ...home, additionalFields, simple: false });
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

	it('accounts do not take the mask of a password for a password, which the server ignores', async () => {
		const asked = { ...home, password: '**********' };
		const told = [
			await refused('mailAccount', 'create', asked),
			await refused('mailAccount', 'update', {
				mailAccount: byName('Office'),
				updateFields: { password: '****' },
			}),
		];

		for (const { message } of told) expect(message).toContain('“Password” consists of asterisks');
		expect(await writes()).toBe(0);
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

	const isTold = profile === '3.0.5';
	const text = (fileName: string, content = fileName) => ({ fileName, text: content });
	const process = async (parameters: object = {}) =>
		await account('process', { mailAccount: byName('Office'), ...parameters });

	it('accounts are processed, and tell what was consumed where the server does', async () => {
		await sandbox.deliver({ subject: 'May', attachments: [text('bill.txt'), text('terms.txt')] });
		await sandbox.deliver({ subject: 'Broken', attachments: [text('broken.pdf', '%PDF-1.4')] });

		const [done] = await process();

		const came = { rule_name: 'Invoices', outcome: 'created', title: 'May' };
		const failed = { outcome: 'failed', message: expect.stringContaining('broken.pdf') };
		expect(done).toMatchObject(
			isTold
				? {
						outcome: 'done',
						message: null,
						documents: [
							{ ...came, file_name: 'bill.txt' },
							{ ...came, file_name: 'terms.txt' },
							{ ...failed, file_name: 'broken.pdf', document_id: null, title: null },
						],
					}
				: {
						outcome: 'unknown',
						documents: null,
						message: expect.stringContaining(`Paperless-ngx ${profile} fetches mails`),
					},
		);
	});

	if (isTold) {
		it('accounts tell which files are not consumed in time', async () => {
			await sandbox.settings({ consumptionSeconds: 100 });
			await sandbox.deliver({ attachments: [text('bill.txt')] });

			const [done] = await process({ options: { timeout: 5 } });

			expect(done).toMatchObject({ outcome: 'pending', documents: [{ outcome: 'pending' }] });
		});

		it('accounts are not processed while files of earlier mails wait, which would be fetched twice', async () => {
			await sandbox.settings({ consumptionSeconds: 100 });
			await sandbox.deliver({ attachments: [text('bill.txt')] });
			await process({ options: { timeout: 5 } });
			await sandbox.forgetRequests();

			const [busy] = await process({ options: { timeout: 5 } });
			const written = await writes();
			const [later] = await process();

			expect(busy).toMatchObject({ outcome: 'busy', documents: [{ file_name: 'bill.txt' }] });
			expect(written).toBe(0);
			expect(later).toMatchObject({ outcome: 'done', documents: [] });
		});

		it('accounts tell why nothing was consumed', async () => {
			const [nothingNew] = await process();
			await rule('disable', { mailRule: byName('Invoices') });
			const [noRule] = await process();

			expect(nothingNew).toMatchObject({
				outcome: 'done',
				documents: [],
				message: 'No new mail has a file to consume.',
			});
			expect(noRule?.message).toContain('no mail rule that is switched on');
		});

		it('accounts that Paperless-ngx cannot log in to are refused after the fetching', async () => {
			await account('update', {
				mailAccount: byName('Office'),
				updateFields: { password: 'wrongpass2' },
			});

			const told = await refused('mailAccount', 'process', { mailAccount: byName('Office') });

			expect(told.message).toBe('The mail server does not let Paperless-ngx in');
		});

		it('accounts do not report what another account has fetched', async () => {
			await account('create', { ...home, name: 'Other' });
			await sandbox.deliver({ attachments: [text('bill.txt')] });

			const [other] = await account('process', { mailAccount: byName('Other') });

			expect(other).toMatchObject({ documents: [] });
		});
	}

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
			account: 'Office',
			assign_tags: ['invoice'],
			assign_correspondent: 'City Library',
			assign_document_type: 'Letter',
			owner: 'clerk',
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

	const processed = async (operation: string, parameters: object) =>
		await results(engine, operation, { resource: 'processedMail', ...parameters });

	if (profile === '2.15.3') {
		it('processed mails are not known to this server', async () => {
			const told = await refused('processedMail', 'getAll', { returnAll: true });

			expect(told.message).toContain('needs Paperless-ngx 2.19 or later');
		});
		return;
	}

	const fetchThree = async () => {
		await sandbox.deliver({
			subject: 'Good',
			received: '2024-05-01',
			attachments: [text('a.txt')],
		});
		await sandbox.deliver({ subject: 'Bad', attachments: [text('b.pdf', '%PDF-1.4')] });
		await sandbox.deliver({ subject: 'Odd', attachments: [text('c.html', '<html></html>')] });
		await sandbox.api('PATCH', 'mail_rules/1/', { maximum_age: 36_500 });
		await sandbox.api('POST', 'mail_accounts/1/process/');
		await sandbox.finishWork();
	};

	it('processed mails show names, and why a mail failed', async () => {
		await fetchThree();

		const all = await processed('getAll', { returnAll: true });
		const [failed] = await processed('getAll', { filters: { status: 'FAILED' } });

		expect(all.map(({ subject }) => subject)).toEqual(['Bad', 'Good', 'Odd']);
		expect(failed).toMatchObject({
			subject: 'Bad',
			rule: 'Invoices',
			account: 'Office',
			status: 'FAILED',
			reason: expect.stringMatching(/^b\.pdf: /),
		});
		expect(failed).not.toHaveProperty('account_name');
		expect(all[1]).toMatchObject({ owner: 'admin', reason: null });
	});

	it('processed mails have the IDs beside the names where they are not simplified', async () => {
		await fetchThree();

		const [failed] = await processed('getAll', { filters: { status: 'FAILED' }, simple: false });

		expect(failed).toMatchObject({
			rule: 1,
			rule_name: 'Invoices',
			account: 1,
			account_name: 'Office',
		});
	});

	it.each([
		[{ receivedAfter: '2024-05-01', receivedBefore: '2024-05-02' }, ['Good']],
		[{ receivedAfter: '2024-05-02' }, ['Bad', 'Odd']],
		[{ rule: byName('Invoices'), receivedBefore: '2024-06-01' }, ['Good']],
		[{ rule: byName('Receipts') }, []],
	])('processed mails are filtered by %j', async (filters, subjects) => {
		await fetchThree();

		const found = await processed('getAll', { returnAll: true, filters });

		expect(found.map(({ subject }) => subject)).toEqual(subjects);
	});

	it('processed mails are limited after the filters that the server lacks', async () => {
		await fetchThree();

		const found = await processed('getAll', {
			returnAll: false,
			limit: 1,
			sortBy: '-received',
			filters: { receivedBefore: '2024-06-01' },
		});

		expect(found.map(({ subject }) => subject)).toEqual(['Good']);
	});

	it('processed mails of an unknown rule are not asked for', async () => {
		const told = await refused('processedMail', 'getAll', { filters: { rule: byName('Bils') } });

		expect(told.message).toContain('There is no mail rule “Bils”');
	});

	it('processed mails are deleted together, and an unknown one is told', async () => {
		await fetchThree();
		await sandbox.forgetRequests();
		const items = ['1', '3', '4711'].map((id) => ({ json: { id } }));

		const { json, refused: left } = await run(
			engine,
			'delete',
			{ resource: 'processedMail', processedMailId: '={{ $json.id }}' },
			{ items, errorOutput: true },
		);

		expect(json).toEqual([
			{ deleted: true, id: 1 },
			{ deleted: true, id: 3 },
		]);
		expect(left).toHaveLength(1);
		expect(await writes()).toBe(1);
		expect(await processed('getAll', { returnAll: true })).toMatchObject([{ id: 2 }]);
	});

	it('processed mails that are forgotten are fetched again', async () => {
		await sandbox.reset();
		await addProcessedMail(sandbox);
		await processed('delete', { processedMailId: '1' });

		await sandbox.api('POST', 'mail_accounts/1/process/');
		await sandbox.finishWork();

		expect(await processed('getAll', { returnAll: true })).toMatchObject([{ id: 2 }]);
	});

	it('rules name what they refer to with one request per kind', async () => {
		for (const name of ['Third', 'Fourth', 'Fifth']) {
			const tags = name === 'Fifth' ? [1, 2] : [1];
			await sandbox.api('POST', 'mail_rules/', { name, account: 1, action: 3, assign_tags: tags });
		}
		await sandbox.forgetRequests();

		const rules = await rule('getAll', { returnAll: true });

		const requests = await sandbox.requests();
		const paths = requests.map(({ path }) => path);
		expect(rules).toHaveLength(5);
		expect(new Set(paths).size).toBe(paths.length);
		expect(requests.find(({ path }) => path === '/api/tags/')?.query).toContain('id__in');
	});
});
