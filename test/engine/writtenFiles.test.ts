import { byId, refusal, results, run } from '../support/paperless.mts';
import { profiles } from '../support/sandbox.mts';
import { useSandbox } from '../support/useSandbox.mts';

const memo = { input: 'text', text: 'Übergabe der Schlüssel', fileName: 'memo.txt' };
const base64 = Buffer.from(memo.text).toString('base64');

describe.each(profiles)('a file without an input file on Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	const original = async (id: unknown) => {
		const asked = { document: byId(id), rendition: 'original' };
		const { items } = await run(engine, 'download', asked);
		const file = items[0]?.binary?.data;
		if (!file) throw new Error('There is no file');
		return await engine.read(file);
	};

	it('is made of a text', async () => {
		const [uploaded] = await results(engine, 'upload', {
			...memo,
			additionalFields: { title: 'Keys' },
		});

		expect(uploaded).toMatchObject({
			status: 'created',
			file_name: 'memo.txt',
			document: { title: 'Keys', original_file_name: 'memo.txt' },
		});
		expect(await original(uploaded?.id)).toEqual(Buffer.from(memo.text));
	});

	it('is not made of blanks', async () => {
		const { message } = await refusal(engine, 'upload', { ...memo, text: ' \n\u0085 ' });

		expect(message).toBe('“Text” is empty');
	});

	it('is made of base64, with or without padding, in lines, for URLs, and as a data URL', async () => {
		const bytes = Buffer.from('Größe: ÿÿ??>> '.repeat(20));
		const plain = bytes.toString('base64');
		const written = [
			plain,
			plain.replace(/=+$/, ''),
			plain.replace(/.{76}/g, '$&\r\n'),
			bytes.toString('base64url'),
			`data:text/plain;charset=utf-8;base64,${plain}`,
		];
		const items = written.map((content) => ({ json: { content } }));
		const parameters = {
			input: 'base64',
			base64: '={{ $json.content }}',
			fileName: 'sizes.txt',
			options: { onDuplicate: 'returnExisting' },
		};

		const uploaded = await results(engine, 'upload', parameters, { items });

		const ids = new Set(uploaded.map(({ id }) => id));
		expect(uploaded.map(({ status }) => status)).toEqual([
			'created',
			...Array(4).fill('duplicate'),
		]);
		expect([...ids]).toHaveLength(1);
		expect(await original(uploaded[0]?.id)).toEqual(bytes);
	});

	it('is recognized when it is in the archive', async () => {
		await results(engine, 'upload', memo);

		const { message } = await refusal(engine, 'upload', { ...memo, input: 'base64', base64 });

		expect(message).toMatch(/^“memo.txt” is already in the archive/);
	});

	it.each([
		[{ ...memo, text: '' }, '“Text” is empty'],
		[{ ...memo, fileName: ' ' }, '“File Name” is empty'],
		[{ ...memo, fileName: '..' }, '“File Name” is not the name of a file'],
		[{ ...memo, input: 'base64', base64: '' }, '“Base64” is empty'],
		[{ ...memo, input: 'base64', base64: 'data:text/plain;base64,' }, '“Base64” is empty'],
		[
			{ ...memo, input: 'base64', base64: 'data:text/plain,Hello' },
			'“Base64” is a data URL of another encoding',
		],
		[
			{ ...memo, input: 'base64', base64: 'Hello world!' },
			'“Base64” contains “!”, so it is not base64',
		],
		[{ ...memo, input: 'base64', base64: `${base64.replace(/=*$/, '')}A` }, '“Base64” is cut off'],
	])('is refused before it is sent: %j', async (parameters, words) => {
		await sandbox.forgetRequests();

		const told = await refusal(engine, 'upload', parameters);
		const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');

		expect(told.message).toBe(words);
		expect(told.description).not.toBe('');
		expect(writes).toEqual([]);
	});
});

describe('a version without an input file on Paperless-ngx 3.0.5', () => {
	const { sandbox, engine } = useSandbox('3.0.5');

	beforeAll(async () => {
		await sandbox.settings({ consumptionSeconds: 0 });
	});

	it.each([memo, { ...memo, input: 'base64', base64 }])('is made of %j', async (written) => {
		const asked = { resource: 'documentVersion', document: byId(5), ...written, label: 'Typed' };

		const [uploaded] = await results(engine, 'upload', asked);
		const { items } = await run(engine, 'download', {
			document: byId(5),
			rendition: 'original',
		});
		const file = items[0]?.binary?.data;
		const bytes = file && (await engine.read(file));

		expect(uploaded).toMatchObject({ status: 'created', document: 5, label: 'Typed' });
		expect(bytes).toEqual(Buffer.from(memo.text));
	});

	it('is refused where there is nothing', async () => {
		const asked = { resource: 'documentVersion', document: byId(5), ...memo };

		const told = await refusal(engine, 'upload', { ...asked, text: '' });

		expect(told.message).toBe('“Text” is empty');
	});
});
