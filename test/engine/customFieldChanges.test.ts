import type { IDataObject } from 'n8n-workflow';
import { byId, refusal, results, run } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

type Instance = { field: number; value: unknown };

describe.each(profiles)('values of custom fields on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let fields: Map<string, number>;
	beforeEach(async () => {
		await sandbox.reset();
		await results(engine, 'create', {
			resource: 'customField',
			name: 'Count',
			dataType: 'integer',
		});
		const { results: rows } = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
			'GET',
			'custom_fields/?page_size=100',
		);
		fields = new Map(rows.map(({ id, name }) => [name, id]));
		await hold(2, {});
		await hold(3, {});
	});

	const id = (name: string) => fields.get(name) ?? 0;
	const hold = async (document: number, values: Record<string, unknown>) => {
		const custom_fields = Object.entries(values).map(([name, value]) => ({
			field: id(name),
			value,
		}));
		await sandbox.api('PATCH', `documents/${document}/`, { custom_fields });
	};
	const held = async (document: number) => {
		const row = await sandbox.api<{ custom_fields: Instance[] }>('GET', `documents/${document}/`);
		const nameOf = (field: number) => [...fields].find(([, one]) => one === field)?.[0] ?? '';
		return Object.fromEntries(row.custom_fields.map(({ field, value }) => [nameOf(field), value]));
	};
	const update = async (updateFields: IDataObject, more: IDataObject = {}) =>
		await results(engine, 'update', { document: byId(2), updateFields, ...more });
	const bulk = async (options: IDataObject, more: IDataObject = {}) =>
		await results(engine, 'updateCustomFields', {
			resource: 'documentBulk',
			target: 'ids',
			documentIds: '2, 3',
			options,
			...more,
		});

	it('are only set where there are none, if existing values are kept', async () => {
		await hold(2, { Reference: 'R-1', Count: null });
		const customFields = '={{ { Reference: "R-9", Count: 4 } }}';

		const [first, second] = await bulk({ keepExistingValues: true }, { customFields });
		const again = await bulk({ keepExistingValues: true }, { customFields });

		expect(await held(2)).toEqual({ Reference: 'R-1', Count: 4 });
		expect(await held(3)).toEqual({ Reference: 'R-9', Count: 4 });
		expect(first?.changes).toEqual({ custom_fields: { Count: { from: null, to: 4 } } });
		expect(second?.changes).toHaveProperty('custom_fields.Reference');
		expect(again).toMatchObject([{ updated: false }, { updated: false }]);
	});

	it('are kept by Update as well, if existing values are kept', async () => {
		await hold(2, { Reference: 'R-1' });

		const [done] = await update(
			{},
			{ customFields: '={{ { Reference: "R-9" } }}', options: { keepExistingValues: true } },
		);

		expect(done).toMatchObject({ updated: false, changes: {} });
		expect(await held(2)).toEqual({ Reference: 'R-1' });
	});

	it('are empty where a field is attached, and stay where it is there already', async () => {
		await hold(2, { Reference: 'R-1' });
		const attachCustomFields = ['Reference', 'Count', 'Related'];

		const [first, second] = await bulk({ attachCustomFields });
		const [again] = await update({ attachCustomFields });

		const nothing = await held(3);
		expect(nothing).toMatchObject({ Reference: null, Count: null });
		expect(nothing).toHaveProperty('Related');
		expect(await held(2)).toMatchObject({ Reference: 'R-1', Count: null });
		expect([first?.updated, second?.updated, again?.updated]).toEqual([true, true, false]);
	});

	it('are taken away while the document keeps the field', async () => {
		await hold(2, { Reference: 'R-1', Related: [5], Count: 3 });
		const clearCustomFields = ['Reference', 'Related', 'Due'];

		const [done] = await update({ clearCustomFields });
		const [again] = await bulk({ clearCustomFields });

		const after = await held(2);
		expect(after).toMatchObject({ Reference: null, Count: 3 });
		expect([after.Related].flat().filter(Boolean)).toEqual([]);
		expect(after).not.toHaveProperty('Due');
		expect(done).toMatchObject({ updated: true });
		expect(again).toMatchObject({ updated: false });
		const linked = await sandbox.api<{ custom_fields: Instance[] }>('GET', 'documents/5/');
		const back = linked.custom_fields.find(({ field }) => field === id('Related'));
		expect([back?.value ?? []].flat()).not.toContain(2);
	});

	it('are incremented, and count as 0 where there are none', async () => {
		await hold(2, { Count: 41, Amount: 'EUR12.50' });
		const rows = [
			{ field: 'Count', by: 1 },
			{ field: 'Amount', by: 0.1 },
		];

		const [first, second] = await bulk({ incrementCustomFields: { rows } });
		await update({ incrementCustomFields: { rows: [{ field: 'Count', by: -2 }] } });

		expect(await held(2)).toMatchObject({ Count: 40, Amount: 'EUR12.60' });
		expect(await held(3)).toMatchObject({ Count: 1 });
		expect(String((await held(3)).Amount)).toMatch(/^([A-Z]{3})?0\.10$/);
		expect(first?.changes).toMatchObject({ custom_fields: { Count: { from: 41, to: 42 } } });
		expect(second?.changes).toMatchObject({ custom_fields: { Count: { from: null, to: 1 } } });
	});

	it('are not incremented where they are no numbers, or would become too large', async () => {
		await hold(2, { Count: 2_147_483_640 });
		const increment = async (field: string, by: number) =>
			(
				await refusal(engine, 'update', {
					document: byId(2),
					updateFields: { incrementCustomFields: { rows: [{ field, by }] } },
				})
			).message;

		expect(await increment('Reference', 1)).toContain('“Reference” is not a number');
		expect(await increment('Count', 0.5)).toContain('cannot be incremented by 0.5');
		expect(await increment('Count', 100)).toContain('of document 2 cannot be incremented');
		expect(await increment('Pages', 2 ** 31)).toContain('of document 2 cannot be incremented');
		expect(await held(2)).toEqual({ Count: 2_147_483_640 });
	});

	it('are incremented from what earlier items make of them, and refused where that is too large', async () => {
		await hold(2, { Count: 2_147_483_640 });
		const items = [100, -5, 2 ** 31, 20, -(2 ** 32) + 13, -1].map((by) => ({ json: { by } }));
		const rows = [{ field: 'Count', by: '={{ $json.by }}' }];
		const updateFields = { incrementCustomFields: { rows } };

		const { json } = await run(
			engine,
			'update',
			{ document: byId(2), updateFields },
			{ items, continueOnFail: true },
		);

		const refused = { error: expect.stringContaining('of document 2 cannot be incremented') };
		const became = (to: number) => ({ changes: { custom_fields: { Count: { to } } } });
		expect(json).toMatchObject([
			refused,
			became(2_147_483_635),
			refused,
			refused,
			became(-(2 ** 31)),
			refused,
		]);
		expect(await held(2)).toEqual({ Count: -(2 ** 31) });
	});

	it('are incremented although an earlier item makes room first', async () => {
		await hold(2, { Count: 2 ** 31 - 1 });
		const items = [{ json: { by: 0, given: { Count: 7 } } }, { json: { by: 1 } }];
		const rows = [{ field: 'Count', by: '={{ $json.by }}' }];

		await results(
			engine,
			'update',
			{
				document: byId(2),
				customFields: '={{ $json.given ?? {} }}',
				updateFields: { incrementCustomFields: { rows } },
			},
			{ items },
		);

		expect(await held(2)).toEqual({ Count: 8 });
	});

	it.each([
		[0.1, [0.2], 0.3],
		[0.1, [0.1, 0.1], 0.3],
		[1.5e-11, [1e-10], 1.15e-10],
		[9007199254740990, [1], 9007199254740991],
		[1234567890.125, [0.125], 1234567890.25],
	])('make %p and %p become %p', async (weight, steps, total) => {
		await hold(2, { Weight: weight });
		const rows = steps.map((by) => ({ field: 'Weight', by }));

		await update({ incrementCustomFields: { rows } });

		expect(await held(2)).toEqual({ Weight: total });
	});

	it('are not asked to be two things', async () => {
		const contradict = async (updateFields: IDataObject, customFields = '={{ {} }}') =>
			(await refusal(engine, 'update', { document: byId(2), updateFields, customFields })).message;
		const rows = [{ field: 'Count', by: 1 }];
		const given = '={{ { Count: 4 } }}';

		for (const [updateFields, customFields] of [
			[{ attachCustomFields: ['Count'], removeCustomFields: ['Count'] }, undefined],
			[{ clearCustomFields: ['Count'] }, given],
			[{ clearCustomFields: ['Count'], removeCustomFields: ['Count'] }, undefined],
			[{ incrementCustomFields: { rows } }, given],
			[{ incrementCustomFields: { rows }, removeCustomFields: ['Count'] }, undefined],
		] as const) {
			expect(
				await contradict({ ...updateFields } as unknown as IDataObject, customFields),
			).toContain('The custom field “Count” would');
		}
	});

	it('come from the keys of the input item that are names of custom fields', async () => {
		const items = [{ json: { id: 2, Reference: 'R-7', Count: '5', Amount: '', Unknown: 'x' } }];

		const [done] = await results(
			engine,
			'update',
			{
				document: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				customFields: { mappingMode: 'autoMapInputData', value: null },
			},
			{ items },
		);

		expect(done).toMatchObject({ updated: true });
		expect(await held(2)).toEqual({ Reference: 'R-7', Count: 5 });
	});

	it('are not changed by an input item without names of custom fields', async () => {
		const refused = await refusal(engine, 'update', {
			document: byId(2),
			customFields: { mappingMode: 'autoMapInputData', value: null },
		});

		expect(refused.message).toContain('There is nothing to update');
	});
});
