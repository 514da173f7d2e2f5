import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { byId, byName, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

type Row = { id: number; archive_serial_number: number | null };

describe.each(profiles)('Create or Update of a document on Paperless-ngx %s', (profile) => {
	const keepsVersions = profile.startsWith('3.');
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const numbered = { matchBy: 'serialNumber', archiveSerialNumber: '4711' };
	const referenced = {
		matchBy: 'customField',
		customField: byName('Reference'),
		customFieldValue: 'R-4711',
	};
	const send = async (asked: object, text: string, more: object = {}) => {
		const items = [await textFile(engine, text)];
		return (await results(engine, 'upsert', { ...asked, ...more }, { items }))[0] as IDataObject;
	};
	const refused = async (asked: object, text: string, more: object = {}) =>
		await refusal(
			engine,
			'upsert',
			{ ...asked, ...more },
			{ items: [await textFile(engine, text)] },
		);
	const documents = async () =>
		(await sandbox.api<{ results: Row[] }>('GET', 'documents/?page_size=100')).results;
	const written = async () =>
		(await sandbox.requests()).filter(({ method }) => method !== 'GET').length;

	describe.each([
		['its archive serial number', numbered],
		['the value of a custom field', referenced],
	])('by %s', (_, asked) => {
		it('makes a document that has it', async () => {
			const created = await send(asked, 'First', { additionalFields: { title: 'Contract' } });

			const [found] = await results(engine, 'get', { document: byId(created.id) });
			expect(created).toMatchObject({ status: 'created', created: true });
			expect(created.document).toMatchObject({ title: 'Contract' });
			if (asked === numbered) expect(found).toMatchObject({ archive_serial_number: 4711 });
			else expect(found).toMatchObject({ custom_fields: { Reference: 'R-4711' } });
		});

		it('changes nothing where the document has this file and these fields', async () => {
			const fields = { additionalFields: { title: 'Contract', tags: ['invoice'] } };
			const created = await send(asked, 'First', fields);
			await sandbox.forgetRequests();

			const again = await send(asked, 'First', fields);

			expect(again).toMatchObject({
				status: 'unchanged',
				id: created.id,
				created: false,
				updated: false,
				changes: {},
			});
			expect(await written()).toBe(0);
		});

		it('sets fields of the document that has this file', async () => {
			const created = await send(asked, 'First', { additionalFields: { title: 'Contract' } });

			const again = await send(asked, 'First', { additionalFields: { title: 'Contract, signed' } });

			expect(again).toMatchObject({
				status: 'updated',
				id: created.id,
				updated: true,
				changes: { title: { from: 'Contract', to: 'Contract, signed' } },
				document: { title: 'Contract, signed' },
			});
		});

		it('makes another file the newest version, or says that the server has no versions', async () => {
			const { id } = await send(asked, 'First');
			const before = await documents();
			await sandbox.forgetRequests();

			if (keepsVersions) {
				const updated = await send(asked, 'Second', { additionalFields: { title: 'Signed' } });
				const { versions } = await sandbox.api<{ versions: Array<{ id: number }> }>(
					'GET',
					`documents/${String(id)}/`,
				);
				expect(updated).toMatchObject({ status: 'updated', id, created: false, updated: true });
				expect(updated.changes).toMatchObject({ title: { to: 'Signed' } });
				expect(versions.map((version) => version.id)).toEqual([updated.version, id]);
			} else {
				const told = await refused(asked, 'Second');
				expect(told.message).toContain('There is a document');
				expect(told.description).toContain(`#${String(id)}`);
				expect(told.description).toContain('need 3.0 or later');
				expect(await written()).toBe(0);
			}
			expect((await documents()).length).toBe(before.length);
		});

		it('takes items with the same one after the other', async () => {
			const items = await Promise.all(
				['One', 'One', 'Two'].map(
					async (text): Promise<INodeExecutionData> => await textFile(engine, text),
				),
			);
			const before = await documents();

			const { json, refused: failed } = await run(engine, 'upsert', asked, {
				items,
				errorOutput: true,
			});

			expect(json.map(({ status }) => status)).toEqual(
				keepsVersions ? ['created', 'unchanged', 'updated'] : ['created', 'unchanged'],
			);
			expect(failed).toHaveLength(keepsVersions ? 0 : 1);
			expect(await documents()).toHaveLength(before.length + 1);
		});

		it('waits for the file of an earlier item that was not consumed within the timeout', async () => {
			await sandbox.settings({ consumptionSeconds: 3 });
			const options = { timeout: 2 };
			const items = [await textFile(engine, 'One'), await textFile(engine, 'One')];
			const before = await documents();

			const { json, error } = await run(engine, 'upsert', { ...asked, options }, { items });

			const [created, found] = json;
			expect(error).toBeUndefined();
			expect(created).toMatchObject({ status: 'pending', id: null });
			expect(found).toMatchObject({ created: false });
			expect(await documents()).toHaveLength(before.length + 1);
			expect(await send(asked, 'One')).toMatchObject({ status: 'unchanged', id: found?.id });
		});

		it('sends nothing while the file of an earlier item is still being consumed', async () => {
			await sandbox.settings({ consumptionSeconds: 30 });
			const items = [await textFile(engine, 'One'), await textFile(engine, 'Two')];
			await sandbox.forgetRequests();

			const { json, refused: failed } = await run(
				engine,
				'upsert',
				{ ...asked, options: { timeout: 2 } },
				{ items, errorOutput: true },
			);

			expect(json).toMatchObject([{ status: 'pending' }]);
			expect(JSON.stringify(failed)).toMatch(/A document .* is still being consumed/);
			expect(await written()).toBe(1);
		});

		it('refuses the file of another document', async () => {
			await send(asked, 'First');
			const [other] = await results(
				engine,
				'upload',
				{},
				{ items: [await textFile(engine, 'Other')] },
			);
			await sandbox.forgetRequests();

			const told = await refused(asked, 'Other');

			expect(told.message).toBe(
				`“letter.txt” is already in the archive as document #${String(other?.id)}`,
			);
			expect(await written()).toBe(0);
		});
	});

	describe('items with different keys', () => {
		const keys = [numbered, { ...referenced, customFieldValue: 'R-1' }, referenced];
		const byItem = {
			matchBy: '={{ $json.matchBy }}',
			archiveSerialNumber: '={{ $json.archiveSerialNumber }}',
			customField: byName('Reference'),
			customFieldValue: '={{ $json.customFieldValue }}',
			additionalFields: { archiveSerialNumber: 4711 },
		};
		const sendBoth = async (from: number, to: number, texts: string[], options: object = {}) => {
			const items = await Promise.all(
				[from, to].map(async (key, at) => ({
					...(await textFile(engine, texts[at] ?? '')),
					json: keys[key] as IDataObject,
				})),
			);
			return await run(engine, 'upsert', { ...byItem, options }, { items, errorOutput: true });
		};

		it('find the document that an earlier item gives the number', async () => {
			const before = await documents();

			const { json, refused: failed } = await sendBoth(1, 0, ['One', 'One']);

			expect(failed).toEqual([]);
			expect(json).toMatchObject([{ status: 'created' }, { status: 'unchanged' }]);
			expect(json[1]?.id).toBe(json[0]?.id);
			expect(await documents()).toHaveLength(before.length + 1);
		});

		it('leave the number to the first of two documents', async () => {
			const { json, refused: failed } = await sendBoth(1, 2, ['One', 'Two']);

			const numberedDocuments = (await documents()).filter(
				(document) => document.archive_serial_number === 4711,
			);
			expect(json).toMatchObject([{ status: 'created' }]);
			expect(numberedDocuments.map(({ id }) => id)).toEqual([json[0]?.id]);
			expect(JSON.stringify(failed)).toContain('4711');
		});

		it('send nothing while a file that gets the number is still being consumed', async () => {
			await sandbox.settings({ consumptionSeconds: 30 });
			await sandbox.forgetRequests();

			const { json, refused: failed } = await sendBoth(1, 0, ['One', 'Two'], { timeout: 2 });

			expect(json).toMatchObject([{ status: 'pending' }]);
			expect(JSON.stringify(failed)).toMatch(/A document .* is still being consumed/);
			expect(await written()).toBe(1);
		});
	});

	it('sends other files with a value that a file still being consumed has, too', async () => {
		await sandbox.settings({ consumptionSeconds: 30 });
		const items = await Promise.all(
			[4711, 4712].map(async (number) => ({
				...(await textFile(engine, `Number ${number}`)),
				json: { number },
			})),
		);

		const { json, refused: failed } = await run(
			engine,
			'upsert',
			{
				...numbered,
				archiveSerialNumber: '={{ $json.number }}',
				customFields: '={{ { Reference: "Open" } }}',
				options: { timeout: 2 },
			},
			{ items, errorOutput: true },
		);

		expect(failed).toEqual([]);
		expect(json).toMatchObject([{ status: 'pending' }, { status: 'pending' }]);
	});

	it('does not upload a file that another document has, unless that may be changed', async () => {
		const [other] = await results(
			engine,
			'upload',
			{},
			{ items: [await textFile(engine, 'Other')] },
		);

		const told = await refused(numbered, 'Other');
		const adopted = await send(numbered, 'Other', { options: { onDuplicate: 'updateExisting' } });

		expect(told.message).toContain(`as document #${String(other?.id)}`);
		expect(adopted).toMatchObject({ status: 'duplicate', id: other?.id, created: false });
		expect(adopted.document).toMatchObject({ archive_serial_number: 4711 });
	});

	it('refuses a value that several documents have', async () => {
		const field = { mappingMode: 'defineBelow', value: { 1: 'R-4711' } };
		await results(engine, 'update', { document: byId(2), customFields: field });
		await results(engine, 'update', { document: byId(5), customFields: field });
		await sandbox.forgetRequests();

		const told = await refused(referenced, 'First');

		expect(told.message).toBe('“Value”: There are several documents whose “Reference” is “R-4711”');
		expect(told.description).toContain('2, 5');
		expect(await written()).toBe(0);
	});

	it('does not take a value for another that differs by case', async () => {
		await send(referenced, 'First');

		const other = await send({ ...referenced, customFieldValue: 'r-4711' }, 'Second');

		expect(other).toMatchObject({ status: 'created' });
	});

	it('says that the document with the number is in the trash', async () => {
		const { id } = await send(numbered, 'First');
		await sandbox.api('DELETE', `documents/${String(id)}/`);

		const told = await refused(numbered, 'Second');

		expect(told.message).toContain('could not consume “letter.txt”');
		expect(told.description).toContain('4711');
		expect(told.description).toContain('in the trash');
	});

	it.each([
		[{ ...numbered, archiveSerialNumber: ' ' }, {}, '“Archive Serial Number” is empty'],
		[{ ...numbered, archiveSerialNumber: 'A1' }, {}, '“A1” is not an archive serial number'],
		[{ ...referenced, customFieldValue: '' }, {}, '“Value” is empty'],
		[
			{ ...referenced, customField: byId(8) },
			{},
			/^“Custom Field”: Custom field “.+” cannot identify a document$/,
		],
		[
			numbered,
			{ additionalFields: { archiveSerialNumber: 5 } },
			'The document is to be found by one value and to get another',
		],
		[
			referenced,
			{ customFields: { mappingMode: 'defineBelow', value: { 1: 'R-1' } } },
			'The document is to be found by one value and to get another',
		],
	])('refuses %j with %j before anything is sent', async (asked, more, words) => {
		await sandbox.forgetRequests();

		const told = await refused(asked, 'First', more);

		expect(told.message).toMatch(words);
		expect(told.description).not.toBe('');
		expect(await written()).toBe(0);
	});

	it('says that the file is a version where the fields are refused afterwards', async () => {
		if (!keepsVersions) return;
		const { id } = await send(numbered, 'First');

		const told = await refused(numbered, 'Second', { additionalFields: { owner: byId(99999) } });

		expect(`${told.message} ${told.description}`).toContain('99999');
		expect(told.description).toMatch(
			new RegExp(`The file is version \\d+ of document #${String(id)}\\.`),
		);
	});

	it('says why a file did not become a version', async () => {
		if (!keepsVersions) return;
		await send(numbered, 'First');

		const told = await refused(numbered, '%PDF-1.7\nnot really');

		expect(told.message).toBe('Paperless-ngx could not consume “letter.txt”');
		expect(told.description).not.toBe('');
	});

	it('finds amounts, numbers and dates as people write them', async () => {
		const field = { ...referenced, customField: byId(7), customFieldValue: '12,50 EUR' };
		const created = await send(field, 'First');

		const again = await send({ ...field, customFieldValue: 'EUR12.50' }, 'First');

		expect(created).toMatchObject({ status: 'created' });
		expect(again).toMatchObject({ status: 'unchanged', id: created.id });
	});
});
