import { degrees, PDFDocument } from 'pdf-lib';
import type { Engine } from '../support/engine.mts';
import { fixtureItem } from '../support/fixtures.mts';
import { byId, byTitle, engineFor, refusal, results, run } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

const resource = 'pdf';

describe.each(profiles)('results of PDF work on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	/** One page with a serial number, four pages, a picture with an archived PDF. */
	let invoice: number;
	let report: number;
	let ticket: number;
	const keepsVersions = profile === '3.0.5';
	const editsPages = profile !== '2.15.3';

	const idOf = async (title: string): Promise<number> => {
		const query = `documents/?title__istartswith=${encodeURIComponent(title)}&fields=id`;
		const { results: found } = await sandbox.api<{ results: Array<{ id: number }> }>('GET', query);
		const [document] = found;
		if (!document) throw new Error(`There is no document ${title}`);
		return document.id;
	};
	const detail = async (id: unknown) => await sandbox.api('GET', `documents/${String(id)}/`);
	const versions = async (id: unknown) => (await detail(id)).versions as Array<{ id: number }>;
	const writes = async () => (await sandbox.requests()).filter(({ method }) => method !== 'GET');
	const inTrash = async () => {
		const rows = await results(engine, 'getAll', { resource: 'trash', returnAll: true });
		return rows.map(({ id }) => id);
	};
	const uploaded = async (fixture: string) => {
		const item = await fixtureItem(engine, fixture, 'application/pdf');
		const [made] = await results(engine, 'upload', {}, { items: [item] });
		return Number(made?.id);
	};
	const fileOf = async (id: unknown) => {
		const reply = await fetch(
			`${sandbox.url}/api/documents/${String(id)}/download/?original=true`,
			{
				headers: { Authorization: `Token ${sandbox.tokens.admin}` },
			},
		);
		return await PDFDocument.load(await reply.arrayBuffer());
	};

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		invoice = await idOf('Power invoice');
		report = await idOf('Yearly report');
		ticket = await idOf('ticket');
	});

	describe('with a PDF that is protected by a password', () => {
		let locked: number;
		const words = () => `Paperless-ngx cannot open the PDF of document ${locked}`;

		beforeEach(async () => {
			locked = await uploaded('encrypted.pdf');
			await sandbox.forgetRequests();
		});

		const operations: Array<[operation: string, values: object]> = [
			['rotate', {}],
			['deletePages', { pages: '2' }],
			['split', { pages: '1, 2' }],
		];
		if (editsPages) operations.push(['editPages', { pageRows: { rows: [{ page: 1 }] } }]);

		it.each(operations)('%s is rejected before anything is sent', async (operation, values) => {
			const refused = await refusal(engine, operation, {
				resource,
				document: byId(locked),
				...values,
			});

			expect(refused.message).toContain(words());
			expect(refused.description).toContain('A password protects it, or it is damaged');
			expect(await writes()).toEqual([]);
		});

		it.each([
			['a readable PDF', () => `${invoice}, ${locked}`],
			['itself', () => String(locked)],
		])('merging it with %s is rejected before anything is sent', async (_, documentIds) => {
			const refused = await refusal(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: documentIds(),
				options: { deleteOriginals: true },
			});

			expect(refused.message).toContain(words());
			expect(await writes()).toEqual([]);
		});
	});

	if (keepsVersions) {
		it('a version whose file is lost is rejected before anything is sent', async () => {
			await results(engine, 'rotate', { resource, document: byId(report), degrees: 90 });
			const [newest] = await versions(report);
			await sandbox.lose(Number(newest?.id));
			await sandbox.forgetRequests();

			const refused = await refusal(engine, 'deletePages', {
				resource,
				document: byId(report),
				pages: '2',
			});

			expect(refused.message).toContain(
				`The original file of document ${report} is missing on the server`,
			);
			expect(await writes()).toEqual([]);
		});
	}

	describe('with a PDF whose file was damaged on the server', () => {
		beforeEach(async () => await sandbox.damage(report));

		it('a merge without its pages names it and what was made, and deletes nothing', async () => {
			const refused = await refusal(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: `${invoice}, ${report}`,
				options: { deleteOriginals: true },
			});
			const made = await idOf(`${invoice}_merged`);

			expect(refused.message).toBe(
				`“Document IDs”: Paperless-ngx left document ${report} out of the merge`,
			);
			expect(refused.description).toContain(`It created document ${made}. It deleted nothing.`);
			expect(await inTrash()).toEqual([]);
		});

		it('a merge of nothing else is reported at once', async () => {
			const refused = await refusal(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: String(report),
			});

			expect(refused.message).toBe(`Paperless-ngx made nothing of document ${report}`);
		});

		it.each([true, false])(
			'work that the server skips is reported at once, waiting for it or not (%s)',
			async (waitForResult) => {
				const asked = { resource, document: byId(report), waitForResult };
				const unchanged = `Paperless-ngx did not change document ${report}`;

				const rotated = await refusal(engine, 'rotate', asked);
				const deleted = await refusal(engine, 'deletePages', { ...asked, pages: '2' });
				const split = await refusal(engine, 'split', { ...asked, pages: '1, 2-4' });

				expect(rotated.message).toContain(unchanged);
				expect(rotated.description).toContain('a password may protect it, or it is damaged');
				expect(deleted.message).toContain(unchanged);
				expect(split.message).toBe(`Paperless-ngx made nothing of document ${report}`);
			},
		);
	});

	it('several items on one document are done in their order, however it is chosen', async () => {
		const items = [byId(report), byTitle('Yearly report')].map((document) => ({
			json: { document },
		}));

		const { error } = await run(
			engine,
			'rotate',
			{ resource, document: '={{ $json.document }}', degrees: 90 },
			{ items },
		);

		expect(error).toBeUndefined();
		const [page] = (await fileOf(report)).getPages();
		expect(page?.getRotation()).toEqual(degrees(180));
	});

	it('items that split a document into the same pages return separate documents', async () => {
		const items = ['1, 2-3', '1'].map((pages) => ({ json: { pages } }));

		const { json, error } = await run(
			engine,
			'split',
			{ resource, document: byId(report), pages: '={{ $json.pages }}' },
			{ items },
		);

		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
		expect(new Set(json.map(({ id }) => id)).size).toBe(3);
	});

	it('an original that goes to the trash is gone when the operation ends', async () => {
		const [made] = await results(engine, 'split', {
			resource,
			document: byId(report),
			pages: '1-4',
			deleteOriginal: true,
		});

		expect(made).toMatchObject({ status: 'done' });
		expect(await inTrash()).toEqual([report]);
		expect((await detail(made?.id)).page_count).toBe(4);
	});

	it('merged originals stay while the merge is not finished', async () => {
		await sandbox.settings({ consumptionSeconds: 30 });

		const [pending] = await results(engine, 'merge', {
			resource,
			target: 'ids',
			documentIds: `${invoice}, ${report}`,
			options: { deleteOriginals: true },
			timeout: 1,
		});
		await sandbox.settings({ consumptionSeconds: 0 });

		expect(pending).toEqual({
			status: 'pending',
			documents: [invoice, report],
			expected_files: [`${invoice}_${report}_merged.pdf`],
			originals_deleted: false,
		});
		expect(await inTrash()).toEqual([]);
	});

	it('the serial number goes to the merged document from 3.0 on, as the server does it', async () => {
		const { archive_serial_number: number } = await detail(invoice);

		const [made] = await results(engine, 'merge', {
			resource,
			target: 'ids',
			documentIds: `${report}, ${invoice}`,
			options: { deleteOriginals: true },
		});

		expect(number).toEqual(expect.any(Number));
		expect(made?.archive_serial_number).toBe(keepsVersions ? number : null);
		expect((await detail(made?.id)).archive_serial_number).toBe(keepsVersions ? number : null);
	});

	it('parts have titles of their own for those who do not wait, too', async () => {
		const asked = { resource, document: byId(report), pages: '1, 2-4', waitForResult: false };
		const { title } = await detail(report);

		await results(engine, 'split', asked);
		await sandbox.finishWork();

		const query = `documents/?ordering=id&fields=title&title__istartswith=${String(title)} (split`;
		const { results: parts } = await sandbox.api<{ results: unknown[] }>('GET', query);
		expect(parts).toEqual([1, 2].map((part) => ({ title: `${String(title)} (split ${part})` })));
	});

	describe('with custom fields', () => {
		type Values = Record<string, unknown>;
		const fields: Record<string, number> = {};

		beforeEach(async () => {
			await sandbox.api('PATCH', `documents/${report}/`, { custom_fields: [] });
			const wanted = { Note: 'string', 'Paid On': 'date', Copies: 'integer' };
			for (const [name, type] of Object.entries(wanted)) {
				const field = { name, data_type: type };
				fields[name] = (await sandbox.api<{ id: number }>('POST', 'custom_fields/', field)).id;
			}
			// In an archive that is in use, values have higher numbers than fields.
			for (let number = 1; number <= 15; number += 1)
				for (const custom_fields of [[], [{ field: fields.Note, value: 'x' }]])
					await sandbox.api('PATCH', `documents/${ticket}/`, { custom_fields });
		});

		const give = async (values: Values) =>
			await sandbox.api('PATCH', `documents/${report}/`, {
				custom_fields: Object.entries(values).map(([name, value]) => ({
					field: fields[name],
					value,
				})),
			});
		const valuesOf = async (id: unknown) => (await detail(id)).custom_fields as Values[];
		/** From now on the number of a value is that of a field as well, which holds dates. */
		const numberValuesLikeDates = async () => {
			for (let number = 1; number <= 30; number += 1)
				await sandbox.api('POST', 'custom_fields/', { name: `Day ${number}`, data_type: 'date' });
		};
		const made: Array<[operation: string, values: () => object]> = [
			['split', () => ({ document: byId(report), pages: '1, 2-4', deleteOriginal: true })],
			[
				'merge',
				() => ({
					target: 'ids',
					documentIds: `${invoice}, ${report}`,
					options: { metadataFrom: String(report) },
				}),
			],
		];
		if (editsPages)
			made.push([
				'editPages',
				() => ({ document: byId(report), pageRows: { rows: [{ page: 1 }] } }),
			]);

		it.each(made)('%s gives them to the new documents', async (operation, values) => {
			await give({ Note: 'seven', 'Paid On': '2026-05-31', Copies: 3 });
			const original = await valuesOf(report);

			const documents = await results(engine, operation, { resource, ...values() });

			for (const { id, custom_fields: shown } of documents) {
				expect(await valuesOf(id)).toEqual(original);
				expect(shown).toEqual({ Note: 'seven', 'Paid On': '2026-05-31', Copies: 3 });
			}
		});

		it('they are right also where the server mistakes the number of a value for a field', async () => {
			await numberValuesLikeDates();
			await give({ 'Paid On': '2026-05-31' });
			const original = await valuesOf(report);

			const parts = await results(engine, 'split', {
				resource,
				document: byId(report),
				pages: '1, 2-4',
			});

			expect(parts).toHaveLength(2);
			for (const { id } of parts) expect(await valuesOf(id)).toEqual(original);
		});

		if (profile === '2.15.3') {
			it('the reason is given where the server cannot copy them, and the original stays', async () => {
				await numberValuesLikeDates();
				await give({ Copies: 3 });

				const refused = await refusal(engine, 'split', { resource, ...made[0]?.[1]() });

				expect(refused.message).toBe(`Paperless-ngx could not create “${report}_1-1.pdf”`);
				expect(refused.description).toContain('fromisoformat: argument must be str');
				expect(refused.description).toContain(`remove the custom fields of document ${report}`);
				expect(refused.description).toContain('It deleted nothing.');
				expect(await inTrash()).toEqual([]);
			});

			it.each(made)(
				'%s is refused where nobody waits to set them right',
				async (operation, values) => {
					await give({ Note: 'seven' });
					await sandbox.forgetRequests();
					const asked = { resource, ...values(), waitForResult: false };

					const refused = await refusal(engine, operation, asked);
					const foreseen = await refusal(engine, operation, { ...asked, dryRun: true });

					expect(refused.message).toContain(
						`The custom fields of document ${report} would get lost`,
					);
					expect(foreseen.message).toBe(refused.message);
					expect(await writes()).toEqual([]);
				},
			);
		} else {
			it.each(made)('%s copies them for those who do not wait, too', async (operation, values) => {
				await give({ Note: 'seven' });

				const [pending] = await results(engine, operation, {
					resource,
					...values(),
					waitForResult: false,
				});

				expect(pending).toMatchObject({ status: 'pending' });
			});
		}
	});

	if (keepsVersions) {
		it('pages are counted in the current version', async () => {
			const asked = { resource, document: byId(report) };
			await results(engine, 'deletePages', { ...asked, pages: '2, 4' });
			await sandbox.forgetRequests();

			const third = await refusal(engine, 'deletePages', { ...asked, pages: '3' });
			const all = await refusal(engine, 'deletePages', { ...asked, pages: '1-2' });
			const split = await refusal(engine, 'split', { ...asked, pages: '1-2, 3' });
			const edited = await refusal(engine, 'editPages', {
				...asked,
				pageRows: { rows: [{ page: 3 }] },
			});

			expect(third.message).toBe('“Pages”: There is no page 3');
			expect(third.description).toContain('has 2 pages');
			expect(all.message).toContain('This would delete every page');
			expect(split.message).toBe('“Pages”: There is no page 3');
			expect(edited.message).toContain('There is no page 3');
			expect(await writes()).toEqual([]);
		});

		it('merged documents are counted in their current versions', async () => {
			await results(engine, 'deletePages', { resource, document: byId(report), pages: '2, 4' });

			const [made] = await results(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: `${report}, ${invoice}, ${ticket}`,
				options: { archiveFallback: true, deleteOriginals: true },
			});

			expect((await detail(made?.id)).page_count).toBe(4);
		});

		it('a merge that lacks pages is an error even where its name does not show it', async () => {
			const rows = Array.from({ length: 36 }, (_, index) => ({ page: 1, doc: index + 1 }));
			const parts = await results(engine, 'editPages', {
				resource,
				document: byId(report),
				pageRows: { rows },
			});
			await sandbox.damage(Number(parts.at(-1)?.id));

			const refused = await refusal(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: parts.map(({ id }) => id).join(','),
				options: { deleteOriginals: true },
			});

			expect(refused.message).toMatch(/^Document \d+ has 35 pages instead of 36$/);
			expect(refused.description).toContain('It deleted nothing.');
			expect(await inTrash()).toEqual([]);
		});

		it('a file that the server cannot consume is reported with its reason', async () => {
			const failed = {
				task_id: '0a1b2c3d-0000-4000-8000-000000000000',
				task_type: 'consume_file',
				status: 'failure',
				input_data: { filename: `${report}_rotated.pdf` },
				result_data: { error_message: 'max_workers must be greater than 0' },
			};
			const body = { count: 1, next: null, previous: null, results: [failed] };
			await sandbox.misbehave({
				path: '/api/tasks/$',
				times: 9,
				kind: 'status',
				status: 200,
				body,
			});

			const refused = await refusal(engine, 'rotate', { resource, document: byId(report) });

			expect(refused.message).toContain(`Paperless-ngx could not change document ${report}`);
			expect(refused.description).toBe('max_workers must be greater than 0');
		});

		it('a PDF without a password is reported as such', async () => {
			const asked = { resource, document: byId(report), password: 'secret' };

			const same = await refusal(engine, 'removePassword', asked);
			const fresh = await refusal(engine, 'removePassword', { ...asked, result: 'replace' });

			const words = `The PDF of document ${report} is not protected by a password`;
			expect(same.message).toContain(words);
			expect(fresh.message).toContain(words);
			expect(await inTrash()).toEqual([]);
		});

		it('the ID of a version is not the ID of a document', async () => {
			await results(engine, 'rotate', { resource, document: byId(report) });
			const [newest] = await versions(report);
			await sandbox.forgetRequests();

			const rotated = await refusal(engine, 'rotate', { resource, document: byId(newest?.id) });
			const merged = await refusal(engine, 'merge', {
				resource,
				target: 'ids',
				documentIds: `${invoice}, ${newest?.id}`,
			});

			const words = `There is no document ${newest?.id}: ${newest?.id} is now a version of ${report}`;
			expect(rotated.message).toContain(words);
			expect(rotated.description).toContain(`Use the ID ${report}.`);
			expect(merged.message).toBe(`“Document IDs”: ${words}`);
			expect(await writes()).toEqual([]);
		});
	}
});
