import type { INodeExecutionData } from 'n8n-workflow';
import type { Engine } from '../support/engine.mts';
import { byId, byName, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import type { Profile } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

const rows = (...values: object[]) => ({ rows: values });
const dated = (row: object) => ({ filters: { dates: rows(row) } });
const where = (row: object) => ({
	filters: { customFieldConditions: { groups: [{ conditions: rows(row) }] } },
});
const document2 = { document: byId(2) };

let sandbox: Sandbox;
let engine: Engine;
let letter: INodeExecutionData;

/** A sandbox for the tests of a block, reset after each test that wrote something. */
function against(profile: Profile) {
	const reset = async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		await sandbox.forgetRequests();
	};
	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		letter = await textFile(engine, 'A letter', 'letter.txt');
		await reset();
	});
	afterAll(async () => await sandbox.close());
	afterEach(async () =>
		(await written()).length > 0 ? await reset() : await sandbox.forgetRequests(),
	);
}

const written = async () => (await sandbox.requests()).filter(({ method }) => method !== 'GET');
const nothingWritten = async () => expect(await written()).toEqual([]);
const fieldId = async (name: string) => {
	const found = await sandbox.api<{ results: Array<{ id: number; name: string }> }>(
		'GET',
		'custom_fields/?page_size=100',
	);
	return String(found.results.find((field) => field.name === name)?.id);
};
const mapped = async (name: string, value: unknown) => ({
	customFields: { mappingMode: 'defineBelow', value: { [await fieldId(name)]: value } },
});

describe('input that can be rejected before it is sent', () => {
	against('2.20.15');

	describe.each([
		['upload', 'additionalFields', 'Correspondent', { correspondent: byName('Power Compny Ltd') }],
		['upload', 'additionalFields', 'Document Type', { documentType: byName('Invioce') }],
		['upload', 'additionalFields', 'Storage Path', { storagePath: byName('By yeer') }],
		['upload', 'additionalFields', 'Owner', { owner: byName('clark') }],
		['upload', 'additionalFields', 'Tag Names or IDs', { tags: ['invoice', 'Housheold'] }],
		['update', 'updateFields', 'Add Tag Names or IDs', { addTags: 'Housheold' }],
		['update', 'updateFields', 'Remove Tag Names or IDs', { removeTags: 'Housheold' }],
		['update', 'updateFields', 'Set Tag Names or IDs', { setTags: ['Housheold'] }],
		[
			'update',
			'updateFields',
			'Remove Custom Field Names or IDs',
			{ removeCustomFields: 'Referense' },
		],
		['upload', 'permissions', 'View User Names or IDs', { viewUsers: ['redaer'] }],
		['update', 'permissions', 'Change Group Names or IDs', { changeGroups: 'famliy' }],
	])('an unknown name in %s %s: %s', (operation, collection, label, value) => {
		it('is rejected before anything is sent, with similar names', async () => {
			const target = operation === 'upload' ? {} : document2;

			const error = await refusal(
				engine,
				operation,
				{ ...target, [collection]: value },
				{ items: [letter] },
			);

			expect(error.message).toMatch(new RegExp(`^“${label}”: There is no .* “.+”$`));
			expect(error.description).toMatch(/Did you mean “.+”\?.*may also be hidden/);
			expect(error.itemIndex).toBe(0);
			await nothingWritten();
		});
	});

	it.each([
		['upload', { additionalFields: { created: 'yesterday' } }],
		['update', { ...document2, updateFields: { created: '31.05.2024' } }],
	])('an invalid date is rejected before anything is sent: %s', async (operation, values) => {
		const error = await refusal(engine, operation, values, { items: [letter] });

		expect(error.message).toBe('“Created” is not a date');
		expect(error.description).toContain('Write it as 2024-05-31');
		await nothingWritten();
	});

	it.each([
		['Web page', 'example.com', 'an address with its scheme'],
		['Due', 'soon', 'is not a date'],
		['Paid', 'perhaps', 'true or false'],
		['Pages', '1.5', 'a whole number'],
		['Pages', 2 ** 31, 'a whole number'],
		['Weight', '1,500', 'a number'],
		['Amount', '12 Euro', 'an amount such as EUR12.50'],
		['Amount', 'EUR12.505', 'an amount such as EUR12.50'],
		['Related', 'two', 'document IDs'],
		['Status', 'Closed', 'one of “Open”, “Done”'],
		['Reference', 'x'.repeat(129), 'at most 128 characters'],
		['Reference', { a: 1 }, 'must be text'],
	])('custom field “%s” rejects %p', async (name, value, wanted) => {
		const error = await refusal(engine, 'update', {
			...document2,
			updateFields: { title: 'No' },
			...(await mapped(name, value)),
		});

		expect(error.message).toContain(`“${name}”`);
		expect(error.message).toContain(wanted);
		await nothingWritten();
	});

	it.each([
		['is too long', 'x'.repeat(129), '“Title” has 129 characters', 'at most 128'],
		['was cut in an emoji', 'Receipt 🧾'.slice(0, 9), '“Title” holds half a character', 'cut'],
	])('a title that %s is rejected before anything is sent', async (_, title, message, advice) => {
		const upload = await refusal(
			engine,
			'upload',
			{ additionalFields: { title } },
			{ items: [letter] },
		);
		const update = await refusal(engine, 'update', { ...document2, updateFields: { title } });

		for (const error of [upload, update]) {
			expect(error.message).toBe(message);
			expect(error.description).toContain(advice);
		}
		await nothingWritten();
	});

	it('a text is cut within no emoji', async () => {
		await results(engine, 'update', { ...document2, updateFields: { content: 'a😀😀😀' } });

		const [found] = await results(engine, 'get', {
			...document2,
			options: { includeContent: true, contentMaxLength: 2 },
		});

		expect(found?.content).toBe('a😀');
	});

	it.each([-(2 ** 31), 2 ** 31 - 1])('the custom field “Pages” accepts %p', async (value) => {
		const [done] = await results(engine, 'update', {
			...document2,
			...(await mapped('Pages', value)),
		});

		expect(done).toMatchObject({ changes: { custom_fields: { Pages: { to: value } } } });
	});

	it.each([-1, 4294967296, 1.5, 'seventeen'])(
		'the archive serial number %p is rejected before anything is sent',
		async (archiveSerialNumber) => {
			const error = await refusal(
				engine,
				'upload',
				{ additionalFields: { archiveSerialNumber } },
				{ items: [letter] },
			);

			expect(error.message).toMatch(/^“Archive Serial Number” must be /);
			expect(error.description).toContain(`Received “${archiveSerialNumber}”`);
			await nothingWritten();
		},
	);

	it('a credential that is set to Read Only rejects writes and permits reads', async () => {
		const readOnly = engineFor(sandbox, 'admin', { readOnly: true });

		const refusals = [
			await refusal(readOnly, 'upload', {}, { items: [letter] }),
			await refusal(readOnly, 'update', { ...document2, updateFields: { title: 'x' } }),
			await refusal(readOnly, 'delete', document2),
		];
		expect(await sandbox.requests()).toEqual([]);
		const read = await results(readOnly, 'get', document2);

		for (const { message, description } of refusals) {
			expect(message).toBe('The credential is set to Read Only');
			expect(description).toContain('switch off “Read Only”');
		}
		expect(read).toHaveLength(1);
	});
});

describe.each(profiles)('input that only the server can reject, on Paperless-ngx %s', (profile) => {
	against(profile);

	it('an ambiguous name is rejected, and both objects are named', async () => {
		await sandbox.api('POST', 'tags/', { name: 'Twin' });
		await sandbox.api('POST', 'tags/', { name: 'TWIN' });

		const error = await refusal(engine, 'update', {
			...document2,
			updateFields: { addTags: ['twin'] },
		});
		const exact = await results(engine, 'update', {
			...document2,
			updateFields: { addTags: ['TWIN'] },
		});

		expect(error.message).toContain('Tag “twin” is ambiguous');
		expect(error.description).toMatch(/“Twin” \(ID \d+\), “TWIN” \(ID \d+\)/);
		expect(exact).toHaveLength(1);
	});

	it('a number that is a name and an ID is rejected', async () => {
		await sandbox.api('POST', 'tags/', { name: '1' });
		const { results: tags } = await sandbox.api<{ results: Array<{ id: number }> }>(
			'GET',
			'tags/?name__iexact=Inbox',
		);
		expect(tags[0]?.id).toBe(1);

		const error = await refusal(engine, 'getAll', { filters: { anyTags: '1' } });

		expect(error.message).toContain('“1” is ambiguous');
		expect(error.description).toContain('Use the ID as a number');
	});

	it('an unknown ID is rejected with the label of the field', async () => {
		const type = await refusal(engine, 'update', {
			...document2,
			updateFields: { documentType: byId(999) },
		});
		const tag = await refusal(engine, 'update', { ...document2, updateFields: { addTags: [999] } });
		const filter = await refusal(engine, 'getAll', { filters: { correspondents: [999] } });
		const missing = await refusal(engine, 'get', { document: byId(999) });

		expect(type.message).toContain('“Document Type”');
		expect(type.message).toContain('999');
		expect(tag.message).toMatch(/Tag|999/i);
		expect(filter.message).toBe(
			'“Correspondent Names or IDs”: There is no correspondent with the ID 999',
		);
		expect(missing.message).toBe('“Document”: There is no document 999');
	});

	it('a link to a document that does not exist is rejected by the server', async () => {
		const error = await refusal(engine, 'update', {
			...document2,
			...(await mapped('Related', 999)),
		});

		expect(error.message).not.toBe('');
		expect(error.itemIndex).toBe(0);
	});

	it.each(['y', '🧾'])('a title of 128 %p is not truncated', async (character) => {
		const title = character.repeat(128);

		const [uploaded] = await results(
			engine,
			'upload',
			{ additionalFields: { title } },
			{ items: [letter] },
		);

		expect(uploaded).toMatchObject({ document: { title } });
	});

	it.each(['\0', '\ud83e'])(
		'a name with %j is rejected with the words of the server',
		async (text) => {
			const name = `Shop ${text}`;

			const error = await refusal(engine, 'create', { resource: 'correspondent', name });

			expect(error.message).toMatch(/“Name”: .* characters are not allowed/);
			expect(error.itemIndex).toBe(0);
		},
	);

	it('a name of 128 emoji is accepted', async () => {
		const name = '🧾'.repeat(128);

		const [created] = await results(engine, 'create', { resource: 'correspondent', name });

		expect(created).toMatchObject({ name });
	});

	it('an archive serial number that is taken is rejected with the label of the field', async () => {
		const update = await refusal(engine, 'update', {
			document: byId(1),
			updateFields: { archiveSerialNumber: 17 },
		});
		const upload = await refusal(
			engine,
			'upload',
			{ additionalFields: { archiveSerialNumber: 17 } },
			{ items: [letter] },
		);

		expect(update.message).toMatch(/“Archive Serial Number”.*already exists/i);
		expect(`${upload.message} ${upload.description}`).toMatch(/17.*already exists/);
	});

	it('files that are missing, empty or of an unknown type are rejected', async () => {
		const nothing = await refusal(engine, 'upload', {}, { items: [{ json: {} }] });
		const wrongField = await refusal(
			engine,
			'upload',
			{ inputDataFieldName: 'file' },
			{ items: [letter] },
		);
		const empty = await refusal(engine, 'upload', {}, { items: [await textFile(engine, '')] });
		await nothingWritten();
		const strange = await refusal(
			engine,
			'upload',
			{},
			{ items: [await textFile(engine, 'MZ\0\0\0\0', 'setup.exe')] },
		);

		expect(nothing.message).toContain('The input has no file “data”');
		expect(nothing.description).toContain('no files');
		expect(wrongField.description).toContain('Its files are: data.');
		expect(empty.message).toContain('The file “letter.txt” is empty');
		expect(strange.message).toMatch(/application\/octet-stream not supported/);
	});

	it('a broken file is reported with the server’s reason, or returned as data', async () => {
		const broken = await textFile(engine, '%PDF-1.7\nnot really', 'broken.pdf');

		const error = await refusal(engine, 'upload', {}, { items: [broken] });
		const [asData] = await results(
			engine,
			'upload',
			{ options: { onFailure: 'return' } },
			{ items: [await textFile(engine, '%PDF-1.7\nnor this', 'broken.pdf')] },
		);

		expect(error.message).toBe('Paperless-ngx could not consume “broken.pdf”');
		expect(error.description).toMatch(/broken\.pdf.*On Failure/s);
		expect(asData).toMatchObject({ status: 'failed', id: null, reason: expect.any(String) });
	});

	it.each([
		['getAll', {}, 'view_document'],
		['get', document2, 'view_document'],
		['download', document2, 'view_document'],
	])('names the missing permission for %s', async (operation, parameters, permission) => {
		const created = await sandbox.api<{ id: number }>('POST', 'users/', {
			username: 'nobody',
			password: 'nobodypass1',
		});
		expect(created.id).toBeGreaterThan(0);
		const { token } = await sandbox.api<{ token: string }>('POST', 'token/', {
			username: 'nobody',
			password: 'nobodypass1',
		});
		const nobody = engineFor(sandbox, 'admin', { apiToken: token });

		const error = await refusal(nobody, operation, parameters);

		expect(error.message).toBe('The token’s user may not do this');
		expect(error.description).toContain(`“${permission}”`);
		expect(error.description).toContain('Users & Groups');
	});

	it.each([
		['update', { ...document2, updateFields: { title: 'x' } }, 'change_document'],
		['delete', document2, 'delete_document'],
	])(
		'names the missing permission of a reader for %s',
		async (operation, parameters, permission) => {
			const error = await refusal(engineFor(sandbox, 'reader'), operation, parameters);

			expect(error.description).toContain(`“${permission}”`);
		},
	);

	it('names the missing permission of a reader for upload, if the server requires it', async () => {
		const { error } = await run(engineFor(sandbox, 'reader'), 'upload', {}, { items: [letter] });

		if (profile === '2.15.3') expect(error).toBeUndefined();
		else expect(error?.description).toContain('“add_document”');
	});

	it('one bad item does not affect the others with Continue On Fail', async () => {
		const { items } = await run(
			engine,
			'update',
			{
				document: '={{ { mode: "id", value: $json.id } }}',
				updateFields: { created: '={{ $json.created }}' },
			},
			{
				continueOnFail: true,
				items: [
					{ json: { id: 1, created: '2024-01-01' } },
					{ json: { id: 2, created: 'soon' } },
					{ json: { id: 999, created: '2024-01-03' } },
					{ json: { id: '', created: '2024-01-04' } },
					{ json: { id: 3, created: '2024-01-05' } },
				],
			},
		);

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(items.map(({ json }) => json.error ?? json.id)).toEqual([
			1,
			'“Created” is not a date',
			expect.stringMatching(/does not exist|no document 999/),
			'“Document”: No document is chosen',
			3,
		]);
		const { created } = await sandbox.api<{ created: string }>('GET', 'documents/3/');
		expect(created.slice(0, 10)).toBe('2024-01-05');
	});
});

describe('expressions that yield the wrong type', () => {
	against('3.0.5');

	it.each([
		['Limit', { limit: '={{ "many" }}' }, 'a number'],
		['Limit', { limit: '={{ 0 }}' }, 'at least 1'],
		['Return All', { returnAll: '={{ "maybe" }}' }, 'true or false'],
		[
			'Search',
			{ searchMode: '={{ "fuzzy" }}', searchText: 'x', similarTo: '1' },
			'one of All Words',
		],
		['Search Text', { searchMode: 'allWords', searchText: '={{ ({ a: 1 }) }}' }, 'text'],
		['Has Tags', { filters: { hasTags: '={{ "sometimes" }}' } }, 'true or false'],
		['MIME Type', { filters: { mimeType: '={{ [1] }}' } }, 'text'],
		['Output', { output: '={{ "pretty" }}' }, 'one of Raw'],
		['Fields', { output: 'selected', selectedFields: '={{ ["colour"] }}' }, 'one of Added'],
		['Number', { filters: { archiveSerialNumber: rows({ number: '={{ "x" }}' }) } }, 'a number'],
		['Number', { filters: { dates: rows({ condition: 'month', number: 'May' }) } }, 'a number'],
		['Condition', { filters: { dates: rows({ condition: 'around' }) } }, 'one of After'],
	])('are rejected with the label of the parameter: %s', async (label, parameters, wanted) => {
		const error = await refusal(engine, 'getAll', parameters);

		expect(error.message).toContain(`“${label}” must be ${wanted}`);
		expect(error.description).toContain('Check the expression in this field');
		expect(error.itemIndex).toBe(0);
		expect(await sandbox.requests()).toEqual([]);
	});

	it.each([
		['Correspondent', { filters: { correspondents: [] } }],
		['Correspondent', { filters: { correspondents: '={{ undefined }}' } }],
		['Any Tag', { filters: { anyTags: ' , ' } }],
		['All Tag', { filters: { allTags: '' } }],
		['Exclude Owner', { filters: { excludeOwners: '={{ null }}' } }],
		['IDs', { filters: { ids: '' } }],
		['IDs', { filters: { ids: '[]' } }],
		['MIME Type', { filters: { mimeType: ' ' } }],
		['Saved View', { filters: { savedView: byName('') } }],
		['Shared By', { filters: { sharedBy: '={{ "" }}' } }],
		['Custom Field Query', { filters: { customFieldQuery: '' } }],
		['Title', { filters: { texts: rows({ field: 'title', condition: 'icontains', text: ' ' }) } }],
		['Correspondent', { filters: { texts: rows({ field: 'correspondent__name', text: '' }) } }],
		['Texts', { filters: { texts: { rows: [] } } }],
		['Dates', { filters: { dates: {} } }],
		['Created', { filters: { dates: rows({ field: 'created', condition: 'gte', date: '' }) } }],
		['custom field', where({ field: '' })],
		['Reference', where({ field: 'Reference', value: '' })],
		['Due', where({ field: 'Due', operator: 'before', date: '' })],
		['Status', where({ field: 'Status', operator: 'isAnyOf', choices: [] })],
		['words', { searchMode: 'allWords', searchText: ' - ' }],
		['words', { searchMode: 'paperlessQuery', searchText: ' ' }],
	])(
		'an empty value is rejected and never yields an unfiltered list: %s %j',
		async (label, parameters) => {
			const error = await refusal(engine, 'getAll', parameters);

			expect(error.message).toContain(label);
			expect(error.message).toMatch(/empty|has no value|lacks its value|no custom field|no words/);
			expect(error.description).not.toBe('');
			const asked = (await sandbox.requests()).filter(({ path }) => path === '/api/documents/');
			expect(asked).toEqual([]);
		},
	);

	it.each([
		[{ filters: { ids: '1, two' } }, '“IDs” takes document IDs'],
		[{ filters: { correspondents: '={{ [{ id: 1 }] }}' } }, 'takes IDs and names'],
		[{ filters: { customFieldQuery: '{"a": 1}' } }, 'not readable'],
		[{ filters: { customFieldQuery: '["Paid", "exact"' } }, 'not readable'],
		[dated({ field: 'added', condition: 'lt', date: 'tomorrow' }), 'not a date'],
		[dated({ field: 'added', condition: 'month', number: 13 }), 'not a month'],
		[dated({ field: 'added', condition: 'on', date: '2024-13-01' }), 'not a date'],
		[
			where({ field: 'Paid', operator: 'greaterThan', value: '1' }),
			'“Paid” does not support “Greater Than”',
		],
		[where({ field: 'Paid', operator: 'resembles' }), 'is no operator'],
		[{ searchMode: 'similar', similarTo: 'last one' }, 'not the ID of a document'],
		[{ sort: rows({ field: 'relevance' }) }, 'cannot sort like this'],
		[{ sort: rows({ field: 'customField', customField: 'Nope' }) }, 'no custom field “Nope”'],
	])('a value that no server understands is rejected: %j', async (parameters, message) => {
		const error = await refusal(engine, 'getAll', parameters);

		expect(error.message).toContain(message);
		expect(error.description).not.toBe('');
		const asked = (await sandbox.requests()).filter(({ path }) => path === '/api/documents/');
		expect(asked).toEqual([]);
	});

	it.each<[string, string, object]>([
		[
			'document',
			'getAll',
			{ filters: { customFieldQuery: '={{ "[".repeat(9e3) + "]".repeat(9e3) }}' } },
		],
		['workflow', 'create', { workflowJson: '={{ "[".repeat(9e3) + "]".repeat(9e3) }}' }],
		[
			'apiCall',
			'send',
			{
				method: 'POST',
				path: 'tags/',
				body: 'json',
				jsonBody: '={{ "[".repeat(9e3) + "]".repeat(9e3) }}',
			},
		],
	])('JSON that is nested without end is refused by %s.%s', async (resource, operation, values) => {
		const error = await refusal(engine, operation, { resource, ...values });

		expect(error.message).not.toContain('call stack');
		expect(error.description).not.toBe('');
		await nothingWritten();
	});

	it('a query that the server rejects is reported in the server’s words', async () => {
		const query = await refusal(engine, 'getAll', {
			searchMode: 'paperlessQuery',
			searchText: 'created:[soon TO later]',
		});
		const custom = await refusal(engine, 'getAll', {
			filters: { customFieldQuery: '["Nope", "exact", 1]' },
		});

		expect(query.message).toMatch(/soon|query|search/i);
		expect(custom.message).toMatch(/“Custom Field Query \(JSON\)”.*Nope.*not a valid custom field/);
	});

	it.each([
		[{ document: byId('={{ "" }}') }, 'No document is chosen'],
		[{ document: byId('={{ "two" }}') }, '“two” is not the ID of a document'],
		[{ document: '={{ $json.missing }}' }, 'No document is chosen'],
		[
			{ document: { __rl: true, mode: 'url', value: '={{ "https://x.example/" }}' } },
			'is not a document of this server',
		],
		[
			{ document: { __rl: true, mode: 'asn', value: '={{ "abc" }}' } },
			'not an archive serial number',
		],
		[
			{ document: { __rl: true, mode: 'asn', value: '4242' } },
			'no document with the archive serial number 4242',
		],
		[{ document: { __rl: true, mode: 'title', value: 'Nope' } }, 'no document titled “Nope”'],
	])('a document that cannot be identified is rejected: %j', async (parameters, message) => {
		const error = await refusal(engine, 'get', parameters);

		expect(error.message).toContain('“Document”');
		expect(error.message).toContain(message);
	});

	it('an update without changes is rejected before anything is sent', async () => {
		const error = await refusal(engine, 'update', document2);

		expect(error.message).toBe('There is nothing to update');
		expect(await sandbox.requests()).toEqual([]);
	});

	it('every item is checked before the first one is written', async () => {
		const error = await refusal(
			engine,
			'update',
			{
				document: byId(1),
				updateFields: { removeInboxTags: '={{ $json.flag }}' },
			},
			{ items: [{ json: { flag: true } }, { json: { flag: 'perhaps' } }] },
		);

		expect(error.message).toContain('“Remove Inbox Tags” must be true or false');
		expect(error.itemIndex).toBe(1);
		expect(await sandbox.requests()).toEqual([]);
	});
});
