import type { Engine } from '../support/engine.mts';
import { fixtureItem } from '../support/fixtures.mts';
import { byId, engineFor, refusal, results, run } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

const resource = 'pdf';

describe.each(profiles)('PDF on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	/** One page with a serial number and custom fields, four pages, a text, a picture with an archived PDF. */
	let invoice: number;
	let report: number;
	let letter: number;
	let ticket: number;
	const keepsVersions = profile === '3.0.5';

	const idOf = async (title: string): Promise<number> => {
		const query = `documents/?title__istartswith=${encodeURIComponent(title)}&fields=id`;
		const { results: found } = await sandbox.api<{ results: Array<{ id: number }> }>('GET', query);
		const [document] = found;
		if (!document) throw new Error(`There is no document ${title}`);
		return document.id;
	};
	const detail = async (id: unknown) => await sandbox.api('GET', `documents/${String(id)}/`);
	const pages = async (id: unknown) => (await detail(id)).page_count;
	const versions = async (id: unknown) => (await detail(id)).versions as unknown[];
	const writes = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').map(({ path }) => path);
	const count = async () => (await results(engine, 'getAll', { returnAll: true })).length;

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		await sandbox.settings({ consumptionSeconds: 0 });
		invoice = await idOf('Power invoice');
		report = await idOf('Yearly report');
		letter = await idOf('Library card');
		ticket = await idOf('ticket');
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.forgetRequests();
	});
	afterEach(async () => {
		if ((await writes()).length === 0) return;
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	it('documents that match a filter are merged in their order', async () => {
		const parameters = {
			resource,
			target: 'filter',
			filters: { ids: `${invoice},${report}` },
			sort: { rows: [{ field: 'id', direction: 'ascending' }] },
		};
		const [first, second] = [invoice, report].sort((a, b) => a - b);

		const [made] = await results(engine, 'merge', parameters);

		expect(made).toMatchObject({ status: 'done', title: `${first}_${second}_merged` });
	});

	it('a filter that matches nothing, or is missing, merges nothing', async () => {
		const parameters = { resource, target: 'filter' };

		const unmatched = await refusal(engine, 'merge', { ...parameters, filters: { ids: '999' } });
		const unset = await refusal(engine, 'merge', parameters);

		expect(unmatched.message).toContain('No document matches the filters');
		expect(unset.message).toContain('No filter is set');
	});

	it('a dry run says what would be made and deleted, and writes nothing', async () => {
		const dry = { resource, dryRun: true };
		const document = byId(report);
		const rows = [{ page: 1 }, { page: 2, doc: 2 }, { page: 3, doc: 2 }];

		const told = [
			...(await results(engine, 'merge', {
				...dry,
				target: 'ids',
				documentIds: `${report}, ${invoice}`,
				options: { deleteOriginals: true },
			})),
			...(await results(engine, 'split', {
				...dry,
				document,
				pages: '1, 2-4',
				deleteOriginal: true,
			})),
			...(await results(engine, 'deletePages', { ...dry, document, pages: '2-3' })),
		];

		const original = { id: report, title: 'Yearly report' };
		expect(told).toMatchObject([
			{ dry_run: true, originals: [original, { id: invoice }], originals_deleted: true, pages: 5 },
			{
				originals: [original],
				originals_deleted: true,
				results: [{ pages: '1' }, { pages: '2-4' }],
			},
			{ originals: [original], originals_deleted: false, pages_deleted: [2, 3], pages: 2 },
		]);
		if (profile !== '2.15.3') {
			const [edited] = await results(engine, 'editPages', {
				...dry,
				document,
				pageRows: { rows },
				result: 'replace',
			});
			expect(edited).toMatchObject({
				originals_deleted: true,
				results: [{ pages: 1 }, { pages: 2 }],
			});
		}
		expect(await writes()).toEqual([]);
	});

	it('each range of pages becomes a document with the metadata of the original', async () => {
		const made = await results(engine, 'split', {
			resource,
			document: byId(report),
			pages: '1, 2-4',
			deleteOriginal: true,
		});
		const trash = await results(engine, 'getAll', { resource: 'trash', returnAll: true });

		expect(made.map(({ status, title }) => [status, title])).toEqual([
			['done', 'Yearly report (split 1)'],
			['done', 'Yearly report (split 2)'],
		]);
		for (const { id, title } of made) expect((await detail(id)).title).toBe(title);
		expect(await Promise.all(made.map(async ({ id }) => await pages(id)))).toEqual([1, 3]);
		expect(trash.map(({ id }) => id)).toEqual([report]);
	});

	it('ranges that leave out pages keep the original', async () => {
		const split = { resource, document: byId(report), pages: '1, 3' };

		const refused = await refusal(engine, 'split', { ...split, deleteOriginal: true });
		expect(refused.message).toBe('“Pages”: Pages 2, 4 are in no part');
		expect(await writes()).toEqual([]);

		const made = await results(engine, 'split', split);
		expect(made).toHaveLength(2);
		expect((await detail(report)).id).toBe(report);
	});

	it('rotating keeps the document, and adds a version from 3.0 on', async () => {
		const before = await detail(report);

		const [rotated] = await results(engine, 'rotate', {
			resource,
			document: byId(report),
			degrees: 90,
		});

		expect(rotated).toMatchObject({ status: 'done', id: report, title: 'Yearly report' });
		if (keepsVersions) expect(await versions(report)).toHaveLength(2);
		else expect((await detail(report)).modified).not.toBe(before.modified);
	});

	it('deleting pages keeps the document, and adds a version from 3.0 on', async () => {
		const [remaining] = await results(engine, 'deletePages', {
			resource,
			document: byId(report),
			pages: '2-3',
		});

		expect(remaining).toMatchObject({ status: 'done', id: report });
		if (keepsVersions) expect(await versions(report)).toHaveLength(2);
		else expect(await pages(report)).toBe(2);
	});

	it('files are edited by the routes that the server wants for it', async () => {
		const document = byId(report);
		await results(engine, 'rotate', { resource, document });
		await results(engine, 'deletePages', { resource, document, pages: '4' });
		await results(engine, 'split', { resource, document, pages: '1' });
		await results(engine, 'merge', { resource, target: 'ids', documentIds: String(report) });
		await results(engine, 'reprocess', { resource: 'documentBulk', target: 'item', document });
		const routes = keepsVersions
			? ['rotate', 'edit_pdf', 'edit_pdf', 'merge', 'reprocess']
			: Array(5).fill('bulk_edit');

		expect((await writes()).filter((path) => !/documents\/\d+\//.test(path))).toEqual(
			routes.map((route) => `/api/documents/${route}/`),
		);
	});

	if (profile === '2.15.3') {
		it('editing pages is rejected before anything is sent', async () => {
			const refused = await refusal(engine, 'editPages', {
				resource,
				document: byId(report),
				pageRows: { rows: [{ page: 1 }] },
			});

			expect(refused.message).toBe(
				'Editing pages of a PDF needs Paperless-ngx 2.18 or later; this server is 2.15.3',
			);
			expect(await writes()).toEqual([]);
		});
	} else {
		it('edited pages can replace those of the document', async () => {
			const [same] = await results(engine, 'editPages', {
				resource,
				document: byId(report),
				pageRows: { rows: [{ page: 3 }, { page: 1, rotate: -90 }] },
				result: 'same',
			});

			expect(same).toMatchObject({ status: 'done', id: report });
			if (keepsVersions) expect(await versions(report)).toHaveLength(2);
			else expect(await pages(report)).toBe(2);
		});
	}

	// These cases do not depend on the server, so one version is enough.
	if (profile === '2.20.15') {
		it('pages are reordered, rotated and divided into new documents', async () => {
			const made = await results(engine, 'editPages', {
				resource,
				document: byId(report),
				pageRows: {
					rows: [
						{ page: 4, rotate: 90, doc: 1 },
						{ page: 1, doc: 3 },
						{ page: 2, doc: 3 },
					],
				},
				result: 'replace',
			});

			expect(made.map(({ status, title }) => [status, title])).toEqual([
				['done', 'Yearly report'],
				['done', 'Yearly report'],
			]);
			expect(await Promise.all(made.map(async ({ id }) => await pages(id)))).toEqual([1, 2]);
			expect(await count()).toBe(7);
		});

		it('the documents of all input items are merged in their order', async () => {
			const items = [report, invoice].map((id) => ({ json: { id } }));

			const { items: made, error } = await run(
				engine,
				'merge',
				{ resource, target: 'items', document: '={{ { mode: "id", value: $json.id } }}' },
				{ items },
			);

			expect(error).toBeUndefined();
			expect(made).toHaveLength(1);
			const [json] = made.map((item) => item.json);
			expect(json).toMatchObject({ status: 'done', title: `${report}_${invoice}_merged` });
			expect(await pages(json?.id)).toBe(5);
			expect(made[0]?.pairedItem).toEqual({ item: 0 });
		});

		it('unfinished work is returned as pending: after the timeout, or at once when waiting is off', async () => {
			await sandbox.settings({ consumptionSeconds: 30 });

			const [late] = await results(engine, 'split', {
				resource,
				document: byId(report),
				pages: '1',
				timeout: 1,
			});
			const [unasked] = await results(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: String(report),
				waitForResult: false,
			});

			expect(late).toEqual({
				status: 'pending',
				documents: [report],
				expected_files: [`${report}_1-1.pdf`],
			});
			expect(unasked).toEqual({ status: 'pending', documents: [report] });
		});

		it.each([
			['a text', () => letter, {}, 'is not a PDF', 'text/plain'],
			['a picture without the fallback', () => ticket, {}, 'is not a PDF', 'Archive Fallback'],
			['a document that does not exist', () => 99999, {}, 'There is no document 99999', 'trash'],
			[
				'metadata of another document',
				() => report,
				{ metadataFrom: '1' },
				'is not one of',
				'Metadata',
			],
		])(
			'merging with %s is rejected before anything is sent',
			async (_, other, options, words, hint) => {
				const refused = await refusal(engine, 'merge', {
					resource,
					target: 'ids',
					documentIds: `${invoice},${other()}`,
					options,
				});

				expect(refused.message).toContain(words);
				expect(refused.description).toContain(hint);
				expect(await writes()).toEqual([]);
			},
		);

		it.each(['0', '3-5', '1, 1-2', '4-3', 'two', ' , '])(
			'pages “%s” of a document with four are rejected before anything is sent',
			async (text) => {
				const asked = { resource, document: byId(report), pages: text };

				const split = await refusal(engine, 'split', asked);
				const deleted = await refusal(engine, 'deletePages', asked);

				expect(split.message).toMatch(/page range|no page|listed twice|is empty/);
				expect(deleted.message).toBe(split.message);
				expect(split.message).toContain('Pages');
				expect(await writes()).toEqual([]);
			},
		);

		it('deleting every page of a document is rejected', async () => {
			const refused = await refusal(engine, 'deletePages', {
				resource,
				document: byId(report),
				pages: '1-4',
			});

			expect(refused.message).toContain('This would delete every page');
			expect(await writes()).toEqual([]);
		});

		it.each(['split', 'rotate', 'deletePages'])(
			'%s of a text file is rejected',
			async (operation) => {
				const refused = await refusal(engine, operation, {
					resource,
					document: byId(letter),
					pages: '1',
				});

				expect(refused.message).toContain(`Document ${letter} is not a PDF`);
				expect(await writes()).toEqual([]);
			},
		);

		it.each([
			['no row', [], 'new', 'No pages are listed'],
			['page 5 of 4', [{ page: 5 }], 'new', 'There is no page 5'],
			['page 0', [{ page: 0 }], 'new', 'at least 1'],
			['half a page', [{ page: 1.5 }], 'new', 'whole number'],
			['an odd angle', [{ page: 1, rotate: 45 }], 'new', 'Page 1 cannot be rotated by 45°'],
			['several results in one', [{ page: 1 }, { page: 2, doc: 2 }], 'same', 'several results'],
		])('editing with %s is rejected before anything is sent', async (_, rows, result, words) => {
			const refused = await refusal(engine, 'editPages', {
				resource,
				document: byId(report),
				pageRows: { rows },
				result,
			});

			expect(refused.message).toContain(words);
			expect(await writes()).toEqual([]);
		});
	}

	if (keepsVersions) {
		it('listed documents are merged with the metadata of one of them and moved to the trash', async () => {
			const [made] = await results(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: `${report}, 0${report}, ${ticket}`,
				options: { archiveFallback: true, deleteOriginals: true, metadataFrom: String(report) },
			});
			const trash = await results(engine, 'getAll', { resource: 'trash', returnAll: true });

			expect(made).toMatchObject({ status: 'done', title: 'Yearly report (merged)' });
			expect(await pages(made?.id)).toBe(5);
			expect(trash.map(({ id }) => id).sort()).toEqual([report, ticket].sort());
		});

		const locked = async () => {
			const item = await fixtureItem(engine, 'encrypted.pdf', 'application/pdf');
			const [uploaded] = await results(engine, 'upload', {}, { items: [item] });
			return uploaded?.id;
		};

		it('the password is removed in a new version or a new document, and a wrong password is rejected', async () => {
			const id = await locked();
			const asked = { resource, document: byId(id) };

			const refused = await refusal(engine, 'removePassword', { ...asked, password: 'guess' });
			const right = { ...asked, password: 'secret' };
			const [made] = await results(engine, 'removePassword', { ...right, result: 'new' });
			const [same] = await results(engine, 'removePassword', { ...right, result: 'same' });

			expect(refused.message).toContain('This password does not open document');
			expect(made).toMatchObject({ status: 'done' });
			expect(made?.id).not.toBe(id);
			expect(same).toMatchObject({ status: 'done', id });
			expect(await versions(id)).toHaveLength(2);
		});

		it('pages beyond those of the first version are taken from the newest', async () => {
			const item = await fixtureItem(engine, 'report-4-pages.pdf', 'application/pdf');
			await results(
				engine,
				'upload',
				{ resource: 'documentVersion', document: byId(invoice) },
				{ items: [item] },
			);

			await results(engine, 'deletePages', { resource, document: byId(invoice), pages: '1' });
			const made = await results(engine, 'split', {
				resource,
				document: byId(invoice),
				pages: '2-3',
			});

			expect(await versions(invoice)).toHaveLength(3);
			expect(await Promise.all(made.map(async ({ id }) => await pages(id)))).toEqual([2]);
		});

		it('whoever may change a document splits it without owning it, and deletes it only as its owner', async () => {
			const { user } = await sandbox.api<{ user: { id: number } }>(
				'GET',
				'ui_settings/',
				undefined,
				sandbox.tokens.clerk,
			);
			const change = { users: [user.id], groups: [] };
			await sandbox.api('PATCH', `documents/${report}/`, {
				owner: 2,
				set_permissions: { view: change, change },
			});
			const asClerk = engineFor(sandbox, 'clerk');
			const asked = { resource, document: byId(report), pages: '1, 2-4' };

			const made = await results(asClerk, 'split', asked);
			const refused = await refusal(asClerk, 'split', { ...asked, deleteOriginal: true });

			expect(made.map(({ title }) => title)).toEqual([
				'Yearly report (split 1)',
				'Yearly report (split 2)',
			]);
			expect(refused.message).toBe('The token’s user may not do this');
			expect(refused.description).toContain('only the owner of a document may do this');
		});

		it('parts whose title is refused are named', async () => {
			await sandbox.misbehave({
				method: 'PATCH',
				path: '/documents/',
				kind: 'status',
				status: 400,
				body: { title: ['No.'] },
			});

			const refused = await refusal(engine, 'split', {
				resource,
				document: byId(report),
				pages: '1-4',
				deleteOriginal: true,
			});

			expect(refused.message).toBe('No.');
			expect(refused.description).toMatch(/^It created document \d+\. It deleted nothing\.$/);
		});

		it('a merge of many documents is found although the server shortens its file name', async () => {
			const rows = Array.from({ length: 36 }, (_, index) => ({ page: 1, doc: index + 1 }));
			const parts = await results(engine, 'editPages', {
				resource,
				document: byId(report),
				pageRows: { rows },
			});

			const [made] = await results(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: parts.map(({ id }) => id).join(','),
				timeout: 3,
			});

			expect(made).toMatchObject({ status: 'done' });
			expect(await pages(made?.id)).toBe(36);
		});
	} else {
		it('removing a password is rejected before anything is sent', async () => {
			const refused = await refusal(engine, 'removePassword', {
				resource,
				document: byId(report),
				password: 'secret',
			});

			expect(refused.message).toBe(
				`Removing the password of a PDF needs Paperless-ngx 3.0 or later; this server is ${profile}`,
			);
			expect(await writes()).toEqual([]);
		});
	}
});
