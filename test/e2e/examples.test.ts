import { DateTime } from 'luxon';

import { exampleFiles, mainExample } from '../../scripts/n8n/examples.mts';
import type { SavedWorkflow } from '../../scripts/n8n/rest.mts';
import { inbox, invoiceFields, paper, type Run } from './cases/example.mts';
import { filingExamples } from './cases/filingExamples.mts';
import { readingExamples } from './cases/readingExamples.mts';
import { triggerExamples } from './cases/triggerExamples.mts';
import { Mailbox } from './support/mailbox.mts';
import { ScriptedModel } from './support/scriptedModel.mts';
import { World } from './support/world.mts';

const examples = [...filingExamples, ...readingExamples, ...triggerExamples];

async function run(world: World, workflow: SavedWorkflow): Promise<Run> {
	const execution = await world.n8n.runWorkflow(workflow);
	expect(execution.error).toBeUndefined();
	return {
		world,
		execution,
		output: (node) =>
			(execution.runs[node] ?? []).flatMap(({ data }) =>
				(data?.main?.[0] ?? []).map(({ json }) => json),
			),
		again: async () => await run(world, workflow),
	};
}

describe('the example', () => {
	let world: World;
	/** What would keep the run from ending after a test that failed. */
	let listening: Array<Mailbox | ScriptedModel>;

	beforeEach(async () => {
		world = await World.open();
		listening = [];
	});
	afterEach(async () => {
		for (const server of listening) server.close();
		await world.close();
	});

	it.each(examples)('$file $does', async ({ file, names, given, proof }) => {
		await given(world);
		const workflow = await world.save(await world.example(file, names));

		await proof(await run(world, workflow));
	});

	it('month-by-e-mail.json sends the invoices of the last month', async () => {
		const mailbox = await Mailbox.open();
		listening.push(mailbox);
		const account = await world.newCredential(mailbox.account, 'smtp');
		const fields = await invoiceFields(world);
		const lastMonth = DateTime.now().minus({ months: 1 }).startOf('month').toISODate();
		const [bill] = await world.sendTexts(
			paper(world, 'bill', fields({ due: '2031-01-01', amount: '1.00', created: lastMonth })),
			paper(world, 'older', fields({ due: '2031-01-01', amount: '1.00', created: '2001-01-01' })),
		);

		const { output } = await run(
			world,
			await world.save(await world.example('month-by-e-mail.json', ['Invoice'], account)),
		);

		expect(output('Invoices of Last Month').map(({ id }) => id)).toEqual([bill]);
		expect(mailbox.mails).toEqual([
			expect.stringMatching(
				/To: adviser@example\.com[^]*bill[^]*filename=invoices-\d{4}-\d\d\.zip/,
			),
		]);
	});

	it('announce-failed-tasks.json shows the last task that failed and why', async () => {
		if (!world.has('3.0') || !(await world.failTask('sanity_check', 'It is broken'))) return;

		const { output } = await run(
			world,
			await world.save(await world.example('announce-failed-tasks.json')),
		);

		expect(output('Message')).toEqual([
			{
				text: `Sanity Check: ${world.prefix} It is broken`,
				event_id: expect.stringMatching(/^taskFailed:/),
			},
		]);
	});

	it('failed-mails.json tells which mail failed, by which rule and why', async () => {
		if (!world.has('2.19')) return;
		const isDelivered = await world.failByMail('broken bill');

		const { output } = await run(world, await world.save(await world.example('failed-mails.json')));

		const [{ failed, report } = {}] = output('Report');
		expect(output('Wants Attention')).toHaveLength(Number(failed) > 0 ? 1 : 0);
		if (!isDelivered) return;
		const line = `${world.prefix} broken bill: broken.pdf: `;
		expect(report).toContain(`${world.prefix} Bills (${world.prefix} Office)\n- `);
		expect(report).toContain(line);
	});

	it('file-a-scan.json files what a human has accepted, as the human corrected it', async () => {
		const inboxTag = await inbox(world);
		const [scan] = await world.sendTexts(paper(world, 'scan'));
		// A real server has no AI here; the example then asks its classifier, which suggests no title.
		const hasAi = await world.letAiSuggest({ title: 'Read by a machine' });
		const workflow = await world.save(await world.example('file-a-scan.json', ['Other']));
		const { execution, output } = await run(world, workflow);
		const form = String(output('Suggestion')[0]?.['form']);
		const page = await (await fetch(form)).text();
		const [before] = await world.rows('documents');
		const answers = new FormData();
		const { prefix } = world;
		[`${prefix} bill`, `${prefix} Acme`, '', `${prefix} Bills, ${prefix} Water`, 'File it'].forEach(
			(answer, index) => answers.set(`field-${index}`, answer),
		);
		await fetch(form, { method: 'POST', body: answers });
		const { error } = await world.n8n.finishedExecution(execution.id);

		expect(execution.status).toBe('waiting');
		expect(page).toContain(hasAi ? 'Read by a machine' : `${prefix} scan`);
		expect(before).toMatchObject({ title: `${prefix} scan`, correspondent: null });
		expect(error).toBeUndefined();
		const [filed] = await world.rows('documents');
		expect(filed).toMatchObject({
			id: scan,
			title: `${prefix} bill`,
			correspondent: (await world.ids('correspondents'))[0],
			document_type: (await world.ids('document_types'))[0],
		});
		// Which of two new tags is created first is chance.
		expect(new Set(filed?.['tags'] as number[])).toEqual(
			new Set((await world.ids('tags')).filter((id) => id !== inboxTag)),
		);
	});

	it('ask-the-archive.json answers from a document that it found and read', async () => {
		const [lease] = await world.sendTexts({
			...paper(world, 'lease'),
			text: `The deposit of ${world.prefix} is three monthly rents.`,
		});
		const model = await ScriptedModel.start(
			() => ({ tool: 'Find_Documents', with: { words: `deposit ${world.prefix}` } }),
			([found = '']) => ({ tool: 'Read_Document', with: { id: /"id":(\d+)/.exec(found)?.[1] } }),
			([, read = '']) =>
				`${/three monthly rents/.exec(read)?.[0]}, see ${/"url":"([^"]+)/.exec(read)?.[1]}`,
		);
		listening.push(model);
		const account = await world.newCredential(model.account, 'openAiApi');
		const question = { sessionId: world.prefix, action: 'sendMessage', chatInput: 'How much?' };

		const { output } = await run(
			world,
			await world.save({
				...(await world.example('ask-the-archive.json', [], account)),
				pinData: { Question: [{ json: question }] },
			}),
		);

		expect(output('Archivist')).toEqual([
			{ output: `three monthly rents, see ${world.shared.paperless.url}/documents/${lease}` },
		]);
	});

	it('version-of-a-signed-contract.json makes the signed file the newest version', async () => {
		const [contract] = await world.sendTexts(paper(world, 'Lease of the Garden'));
		const workflow = await world.save(
			await world.example('version-of-a-signed-contract.json', ['Lease of the Garden']),
		);

		const { error, runs } = await world.n8n.runWorkflow(workflow);

		if (!world.has('3.0')) {
			expect(JSON.stringify(error)).toContain('needs Paperless-ngx 3.0');
			return;
		}
		const versions = runs['Versions']?.flatMap(({ data }) => data?.main?.[0] ?? []);
		expect(error).toBeUndefined();
		expect(versions?.map(({ json }) => json)).toMatchObject([
			{ document: contract, version_label: 'Signed', is_newest: true, is_root: false },
			{ document: contract, id: contract, is_newest: false, is_root: true },
		]);
	});

	it('at-once-and-without-loss.json hands each document over once, by whichever way it came', async () => {
		const example = await world.example('at-once-and-without-loss.json');
		const workflow = await world.save({
			...example,
			nodes: example.nodes.map((one) =>
				one.name === 'Without Loss'
					? { ...one, parameters: { ...one.parameters, pollTimes: world.pollTimes } }
					: one,
			),
		});
		await world.n8n.activateWorkflow(workflow);

		const sent = await world.sendTexts(paper(world, 'first'), paper(world, 'second'));
		const found = await world.startedWith(2, workflow.id, 'Without Loss');
		const called = await world.startedWith(2, workflow.id, 'At Once');
		await world.n8n.deactivateWorkflow(workflow.id);

		const ids = sent.map((id) => `documentAdded:${id}`);
		const eventIds = (items: Array<Record<string, unknown>>) =>
			items.map(({ event_id: id }) => id).sort();
		expect(eventIds(found)).toEqual(ids);
		expect(eventIds(called)).toEqual(ids);
		expect(eventIds(await world.started(workflow.id, 'Document'))).toEqual(ids);
	});

	it('follow-a-file.json tells of a file when it is begun, filed and changed', async () => {
		const workflow = await world.save(await world.example('follow-a-file.json'));
		await world.n8n.activateWorkflow(workflow);

		const { title, text } = paper(world, 'letter');
		const [letter] = await world.sendTexts({ title, text });
		await world.startedWith(1, workflow.id, 'Added');
		await world.api('PATCH', `documents/${letter}/`, { archive_serial_number: 4711 });
		await world.startedWith(1, workflow.id, 'Updated');
		const messages = await world.started(workflow.id, 'Message');
		await world.n8n.deactivateWorkflow(workflow.id);

		const told = `${world.prefix} letter – ${world.shared.paperless.url}/documents/${letter}`;
		expect(messages.map((message) => message['text']).sort()).toEqual(
			[`Changed: ${told}`, `Filed: ${told}`, 'Reading letter.txt'].sort(),
		);
	});

	it('remind-of-what-is-due.json tells of a document three days before', async () => {
		const fields = await invoiceFields(world);
		// 2.15 knows no days before a date.
		const daysBefore = world.has('2.16') ? 3 : 0;
		const due = DateTime.utc().plus({ days: daysBefore }).toISODate();
		const [bill] = await world.sendTexts(
			paper(world, 'bill', fields({ due, amount: '1.00' })),
			paper(world, 'later', fields({ due: '2131-01-01', amount: '1.00' })),
		);
		const example = await world.example('remind-of-what-is-due.json', ['Due']);
		const workflow = await world.save({
			...example,
			nodes: example.nodes.map((one) =>
				one.name === 'Due Soon'
					? { ...one, parameters: { ...one.parameters, offsetDays: -daysBefore } }
					: one,
			),
		});
		await world.n8n.activateWorkflow(workflow);

		await world.lookAtSchedules(workflow.id, bill);
		const [message] = await world.startedWith(1, workflow.id, 'Message');
		await world.n8n.deactivateWorkflow(workflow.id);

		expect(message?.['text']).toBe(
			`${world.prefix} bill (unknown sender) is due on ${due}: ${world.shared.paperless.url}/documents/${bill}`,
		);
	});

	it('is run here, whichever it is', async () => {
		const own = [
			'announce-failed-tasks.json',
			'month-by-e-mail.json',
			'failed-mails.json',
			'file-a-scan.json',
			'ask-the-archive.json',
			'version-of-a-signed-contract.json',
			'at-once-and-without-loss.json',
			'follow-a-file.json',
			'remind-of-what-is-due.json',
		];
		const files = [mainExample, ...own, ...examples.map(({ file }) => file)];

		expect(files.sort()).toEqual(await exampleFiles());
	});
});
