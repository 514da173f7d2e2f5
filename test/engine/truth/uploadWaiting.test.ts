import { engineFor, refusal, results, textFile } from '../../support/paperless.mts';
import { profiles } from '../../support/sandbox.mts';
import { simulatedTime } from '../../support/simulatedTime.mts';
import { Stub } from '../../support/stub.mts';
import { useSandbox } from '../../support/useSandbox.mts';

describe.each(profiles)('waiting for tasks of Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0, queueSeconds: 0 });
	});

	const textFiles = async (count: number) =>
		await Promise.all(
			Array.from({ length: count }, (_, index) =>
				textFile(engine, `The text of file ${index}`, `file-${index}.txt`),
			),
		);

	/** Uploads 20 files and waits. Returns the seconds that passed and the requests that were sent. */
	const uploadTwenty = async (consumptionSeconds: number) => {
		await sandbox.settings({ consumptionSeconds });
		const items = await textFiles(20);
		await results(engine, 'getAll', { limit: 1 });
		await sandbox.forgetRequests();
		const start = simulatedTime.now();

		const uploaded = await results(engine, 'upload', {}, { items });

		const seconds = (simulatedTime.now() - start) / 1000;
		const requests = await sandbox.requests();
		const looks = requests.filter(({ path }) => path.startsWith('/api/tasks/')).length;
		expect(uploaded.map(({ status }) => status)).toEqual(Array(20).fill('created'));
		return { seconds, looks, all: requests.length };
	};

	it.each([1, 3])(
		'takes 20 look-ups, 20 uploads and at most a request per second for 20 files of %d s each',
		async (consumptionSeconds) => {
			const { seconds, all } = await uploadTwenty(consumptionSeconds);

			expect(all).toBeLessThanOrEqual(20 + 20 + seconds);
		},
	);

	it.each([0.2, 1, 3])(
		'looks once and then once per second, and is as fast as the queue, for 20 files of %d s each',
		async (consumptionSeconds) => {
			const { seconds, looks, all } = await uploadTwenty(consumptionSeconds);

			// The server, the documents at the end and their tags; versions before and after the upload.
			const others = profile === '3.0.5' ? 3 + 2 : 3;
			// The last task alone is looked at after half a second.
			const early = 1;
			expect(looks).toBeLessThanOrEqual(1 + seconds + early);
			expect(all - looks).toBe(20 + 20 + others);
			expect(seconds).toBeLessThan(20 * consumptionSeconds + 5);
		},
	);

	it('reports at the timeout that the server started no task', async () => {
		await sandbox.settings({ queueSeconds: 6000 });
		const [item] = await textFiles(1);

		const [uploaded] = await results(
			engine,
			'upload',
			{ options: { timeout: 30 } },
			{ items: item ? [item] : [] },
		);
		const [awaited] = await results(engine, 'waitFor', {
			resource: 'task',
			taskId: String(uploaded?.task_id),
			options: { timeout: 30 },
		});

		const idle = expect.stringMatching(
			/No task was started since \d{4}-.*worker may not be running/,
		);
		expect(uploaded).toMatchObject({ status: 'pending', reason: idle });
		expect(awaited).toMatchObject({ outcome: 'pending', message: idle });
	});

	it('reports at the timeout that the server is still working', async () => {
		await sandbox.settings({ consumptionSeconds: 6000 });
		const items = await textFiles(2);

		const uploaded = await results(engine, 'upload', { options: { timeout: 30 } }, { items });

		expect(uploaded.map(({ reason }) => String(reason)).sort()).toEqual([
			expect.stringContaining('still in the server’s queue'),
			expect.stringContaining('still working on it'),
		]);
	});

	/** An engine whose server loses its tasks when they are looked at for the third time. */
	const forgetful = async () => {
		let looks = 0;
		const proxy = await Stub.proxy(sandbox.url, {
			before: async ({ path }) => {
				if (path.startsWith('/api/tasks/') && (looks += 1) === 3) await sandbox.loseTasks();
			},
		});
		return { by: engineFor(sandbox, 'admin', { baseUrl: proxy.url }), close: proxy.close };
	};

	it('finds the document of a task that vanished from the list', async () => {
		await sandbox.settings({ consumptionSeconds: 4 });
		const items = await textFiles(1);
		const { by, close } = await forgetful();

		const [uploaded] = await results(by, 'upload', {}, { items });
		await close();

		expect(uploaded).toMatchObject({ status: 'created', id: expect.any(Number) });
	});

	it('ends soon for a task that vanished from the list without a document', async () => {
		await sandbox.settings({ queueSeconds: 6000 });
		const items = await textFiles(2);
		const { by, close } = await forgetful();
		const start = simulatedTime.now();

		const uploaded = await results(by, 'upload', { options: { onFailure: 'return' } }, { items });
		await close();

		expect(uploaded).toMatchObject([
			{ status: 'failed', reason: expect.stringContaining('removed the task from its list') },
			{ status: 'failed' },
		]);
		expect(simulatedTime.now() - start).toBeLessThan(60_000);
	});

	it('for a task that the server never knew ends with an error within a minute or so', async () => {
		const start = simulatedTime.now();

		const refused = await refusal(engine, 'waitFor', {
			resource: 'task',
			taskId: '00000000-0000-0000-0000-000000000000',
			options: { timeout: 600 },
		});

		expect(refused.message).toContain('There is no task 00000000-0000-0000-0000-000000000000');
		expect(simulatedTime.now() - start).toBeLessThan(90_000);
	});
});
