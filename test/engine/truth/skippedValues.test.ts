import type { IDataObject } from 'n8n-workflow';
import { byId, refusal, results, run, textFile } from '../../support/paperless.mts';
import { profiles } from '../../support/sandbox.mts';
import { useSandbox } from '../../support/useSandbox.mts';

const options = { skipUnfitValues: true };
const reasons = {
	Amount:
		'Custom field “Amount” must be an amount such as EUR12.50 or 12.50 with at most two decimals and one reading',
	Paid: 'Custom field “Paid” must be true or false',
};
const skip = (field: keyof typeof reasons, value: string) => ({
	field,
	value,
	reason: reasons[field],
});

describe.each(profiles)('values that do not fit, on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let ids: number[];
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		const made = await Promise.all(
			['first', 'second'].map(async (name) => await textFile(engine, `The ${name} text`, name)),
		);
		const uploaded = await results(
			engine,
			'upload',
			{ customFields: '={{ { Amount: "EUR5.00", Reference: "R-1" } }}' },
			{ items: made },
		);
		ids = uploaded.map(({ id }) => Number(id));
		await sandbox.forgetRequests();
	});

	const fieldsOf = async (id: unknown) =>
		(await results(engine, 'get', { document: byId(id) }))[0]?.custom_fields;
	const writes = async () => (await sandbox.requests()).filter(({ method }) => method !== 'GET');
	const update = (customFields: string, more: object = {}) => ({
		document: byId(ids[0]),
		customFields,
		options,
		...more,
	});

	it('are left out of an update and reported, and the others are set', async () => {
		const [updated] = await results(
			engine,
			'update',
			update('={{ { Amount: "a lot", Paid: "perhaps", Reference: "R-2" } }}'),
		);

		expect(updated).toEqual({
			id: ids[0],
			updated: true,
			changes: { custom_fields: { Reference: { from: 'R-1', to: 'R-2' } } },
			skipped: [skip('Paid', 'perhaps'), skip('Amount', 'a lot')],
		});
		expect(await fieldsOf(ids[0])).toEqual({ Amount: 'EUR5.00', Reference: 'R-2' });
	});

	it('refuse the item without the option, and their field is named', async () => {
		const customFields = '={{ { Amount: "a lot", Reference: "R-2" } }}';

		const error = await refusal(engine, 'update', update(customFields, { options: {} }));

		expect(error.message).toBe(reasons.Amount);
		expect(await writes()).toEqual([]);
	});

	it('are not mentioned where every value fits', async () => {
		const [updated] = await results(engine, 'update', update('={{ { Amount: "6,50 €" } }}'));

		expect(updated).toEqual({
			id: ids[0],
			updated: true,
			changes: { custom_fields: { Amount: { from: 'EUR5.00', to: 'EUR6.50' } } },
		});
	});

	it('write nothing where none fits, and change no field', async () => {
		const [updated] = await results(engine, 'update', update('={{ { Amount: "a lot" } }}'));

		expect(updated).toEqual({
			id: ids[0],
			updated: false,
			changes: {},
			skipped: [skip('Amount', 'a lot')],
		});
		expect(await fieldsOf(ids[0])).toEqual({ Amount: 'EUR5.00', Reference: 'R-1' });
		expect(await writes()).toEqual([]);
	});

	it('keep their field when all other fields are replaced', async () => {
		const all = { options: { ...options, replaceCustomFields: true } };
		const customFields = '={{ { Amount: "a lot", Paid: true } }}';

		const [updated] = await results(engine, 'update', update(customFields, all));
		const none = await refusal(engine, 'update', update('={{ { Amount: "a lot" } }}', all));

		expect(updated).toMatchObject({
			changes: {
				custom_fields: {
					Reference: { from: 'R-1', to: null },
					Paid: { from: null, to: true },
				},
			},
			skipped: [skip('Amount', 'a lot')],
		});
		expect(none.message).toContain('There are no custom fields to replace the others with');
		expect(await fieldsOf(ids[0])).toEqual({ Amount: 'EUR5.00', Paid: true });
	});

	it('contradict a removal of their field as other values do', async () => {
		const error = await refusal(
			engine,
			'update',
			update('={{ { Amount: "a lot" } }}', { updateFields: { removeCustomFields: 'Amount' } }),
		);

		expect(error.message).toContain('The custom field “Amount” would get a value and be removed');
		expect(await writes()).toEqual([]);
	});

	it.each(['no such field', 'set twice'])('include no field that is %s', async (fault) => {
		const amount = fault === 'set twice' ? 'amount' : 'Amonut';

		const error = await refusal(
			engine,
			'update',
			update(`={{ { Amount: "a lot", ${amount}: "a lot" } }}`),
		);

		expect(error.message).toContain(
			fault === 'set twice'
				? 'Custom field “Amount” is set twice'
				: 'There is no custom field “Amonut”',
		);
		expect(await writes()).toEqual([]);
	});

	it('are left out of an upload and reported, and the others are set', async () => {
		const items = await Promise.all(
			[true, false].map(async (isWaiting) => ({
				...(await textFile(engine, `A text ${isWaiting}`, 'more.txt')),
				json: { isWaiting },
			})),
		);

		const uploaded = await results(
			engine,
			'upload',
			{
				waitForConsumption: '={{ $json.isWaiting }}',
				customFields: '={{ { Amount: $json.isWaiting ? "a lot" : null, Paid: "perhaps" } }}',
				options,
			},
			{ items },
		);

		expect(uploaded[0]).toMatchObject({
			status: 'created',
			skipped: [skip('Paid', 'perhaps'), skip('Amount', 'a lot')],
		});
		expect(await fieldsOf(uploaded[0]?.id)).toEqual({});
		expect(uploaded[1]).toMatchObject({
			status: 'pending',
			skipped: [skip('Paid', 'perhaps')],
		});
	});

	it('set nothing on the existing document of an upload', async () => {
		const [uploaded] = await results(
			engine,
			'upload',
			{
				customFields: '={{ { Amount: "a lot", Reference: "R-3" } }}',
				options: { ...options, onDuplicate: 'updateExisting' },
			},
			{ items: [await textFile(engine, 'The first text', 'first')] },
		);

		expect(uploaded).toMatchObject({
			status: 'duplicate',
			changes: { custom_fields: { Reference: { from: 'R-1', to: 'R-3' } } },
			skipped: [skip('Amount', 'a lot')],
		});
		expect(await fieldsOf(ids[0])).toEqual({ Amount: 'EUR5.00', Reference: 'R-3' });
	});

	const bulk = (more: object = {}) => ({
		resource: 'documentBulk',
		target: 'item',
		document: byId('={{ $json.id }}'),
		customFields: '={{ $json.fields }}',
		options,
		...more,
	});
	const perItem = (...values: IDataObject[]) => ({
		items: values.map((fields, at) => ({ json: { id: ids[at] ?? 0, fields } })),
	});

	it.each([false, true])(
		'are left out of a bulk edit item by item and reported (dry run %j)',
		async (dryRun) => {
			const items = perItem({ Amount: 'a lot', Reference: 'R-2' }, { Amount: 'EUR9.00' });

			const updated = await results(engine, 'updateCustomFields', bulk({ dryRun }), items);

			const dry = { updated: !dryRun, ...(dryRun && { dry_run: true }) };
			expect(updated).toEqual([
				{
					id: ids[0],
					...dry,
					changes: { custom_fields: { Reference: { from: 'R-1', to: 'R-2' } } },
					skipped: [skip('Amount', 'a lot')],
				},
				{
					id: ids[1],
					...dry,
					changes: { custom_fields: { Amount: { from: 'EUR5.00', to: 'EUR9.00' } } },
				},
			]);
			expect(await fieldsOf(ids[0])).toEqual({
				Amount: 'EUR5.00',
				Reference: dryRun ? 'R-1' : 'R-2',
			});
		},
	);

	it('leave the documents of a bulk edit as they are where none fits', async () => {
		const { json, error } = await run(
			engine,
			'updateCustomFields',
			bulk({
				target: 'ids',
				documentIds: '={{ $json.ids }}',
				customFields: { value: { Amount: 'a lot' } },
			}),
			{ items: [{ json: { ids } }] },
		);

		expect(error).toBeUndefined();
		expect(json).toEqual(
			ids.map((id) => ({ id, updated: false, changes: {}, skipped: [skip('Amount', 'a lot')] })),
		);
		expect(await writes()).toEqual([]);
	});
});
