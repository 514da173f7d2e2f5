import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('custom fields on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	const resource = 'customField';

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.reset());

	const newSelect = async () =>
		await results(engine, 'create', {
			resource,
			name: 'State',
			dataType: 'select',
			selectOptions: 'Open, Paid',
		});

	it('are created with options by label, returned by name and deleted', async () => {
		const [created] = await newSelect();
		const [got] = await results(engine, 'get', { resource, customField: byName('State') });
		const [deleted] = await results(engine, 'delete', { resource, customField: byName('State') });

		expect(created).toMatchObject({
			name: 'State',
			data_type: 'select',
			options: ['Open', 'Paid'],
		});
		expect(got?.id).toBe(created?.id);
		expect(deleted).toEqual({ deleted: true, id: created?.id });
	});

	it('keep the values of documents when options are added, renamed and removed', async () => {
		const [field] = await newSelect();
		const [document] = await results(engine, 'getAll', { limit: 1 });
		await results(engine, 'update', {
			document: byId(document?.id),
			customFields: { mappingMode: 'defineBelow', value: { [String(field?.id)]: 'Paid' } },
		});

		const [updated] = await results(engine, 'update', {
			resource,
			customField: byId(field?.id),
			updateFields: {
				name: 'Payment State',
				addOptions: 'Late',
				removeOptions: 'Open',
				renameOptions: { rows: [{ from: 'Paid', to: 'Settled' }] },
			},
		});
		const [after] = await results(engine, 'get', { document: byId(document?.id) });

		expect(updated).toMatchObject({ name: 'Payment State', options: ['Settled', 'Late'] });
		expect(after).toMatchObject({ custom_fields: { 'Payment State': 'Settled' } });
	});

	it('are created or completed by name without losing options', async () => {
		await newSelect();

		const [completed] = await results(engine, 'upsert', {
			resource,
			name: 'State',
			dataType: 'select',
			selectOptions: 'Paid, Late',
		});

		expect(completed).toMatchObject({ created: false, options: ['Open', 'Paid', 'Late'] });
	});

	it('never get another type', async () => {
		await newSelect();
		await sandbox.forgetRequests();

		const refused = await refusal(engine, 'upsert', {
			resource,
			name: 'State',
			dataType: 'string',
		});
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(refused.message).toContain('The custom field “State” is of the type select');
		expect(writes).toHaveLength(0);
	});

	it('are not changed by an unknown option, and the message names the options', async () => {
		await newSelect();

		const refused = await refusal(engine, 'update', {
			resource,
			customField: byName('State'),
			updateFields: { removeOptions: 'Overdue' },
		});

		expect(refused.message).toContain('“Overdue”');
		expect(refused.description).toContain('“Open”, “Paid”');
	});

	it('without options reject a change of options', async () => {
		const { message, description } = await refusal(engine, 'update', {
			resource,
			customField: byName('Due'),
			updateFields: { addOptions: 'Soon' },
		});

		expect(message).toBe('The custom field “Due” is not a select field');
		expect(description).toContain('date');
	});

	it('that exist already are returned unchanged by Create or Update', async () => {
		await newSelect();
		await sandbox.forgetRequests();

		const [found] = await results(engine, 'upsert', {
			resource,
			name: 'State',
			dataType: 'select',
		});
		const { message } = await refusal(engine, 'upsert', {
			resource,
			name: 'New',
			dataType: 'select',
		});
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(found).toMatchObject({ created: false, options: ['Open', 'Paid'] });
		expect(message).toContain('A select field needs options');
		expect(writes).toEqual([]);
	});

	it('are listed by name, up to a limit', async () => {
		const [first, second, ...others] = await results(engine, 'getAll', { resource, limit: 2 });

		expect([first?.name, second?.name]).toEqual(['Amount', 'Due']);
		expect(others).toEqual([]);
	});
});
