import { workflowSchema } from '../../../nodes/api/schemas/workflow';
import type { WorkflowDraft } from '../../../nodes/api/schemas/workflow';
import { matches } from '../../../nodes/PaperlessNgxWebhookTrigger/workflowDefinition';
import { subjectOf } from '../../../nodes/PaperlessNgxWebhookTrigger/deliver';
import { readChapter } from '../../support/recordings.mts';

/** What was sent to a real server, and what it made of it; some replies are recorded in short. */
const made = (version: string, chapter: string, title: RegExp) =>
	readChapter(version, chapter)
		.filter((one) => title.test(one.title) && one.response.status === 201)
		.flatMap(({ request, response }) => {
			const { data } = workflowSchema.safeParse(response.json);
			return data ? [{ draft: request.json as unknown as WorkflowDraft, workflow: data }] : [];
		});

describe.each(['2.15.3', '2.20.15', '3.0.5'])('A workflow of Paperless-ngx %s', (version) => {
	const workflows = [
		...made(version, 'webhooks', /^Create a workflow/),
		...made(
			version,
			'workflows',
			/every filter|^Scheduled by|^Consumption started|^Action webhook/,
		),
	];

	it('is as wanted when the server made it of what was wanted', () => {
		expect(workflows.length).toBeGreaterThan(5);
		expect(workflows.filter(({ draft, workflow }) => !matches(draft, workflow))).toEqual([]);
	});

	it('is not as wanted when its name, its trigger or its action is another', () => {
		const [{ draft, workflow } = { draft: {} as WorkflowDraft, workflow: undefined }] = workflows;
		const changed = [
			{ ...draft, name: 'Another' },
			{ ...draft, enabled: draft.enabled === false },
			{ ...draft, triggers: [{ ...draft.triggers[0], filter_filename: '*.pdf' }] },
			{ ...draft, triggers: [{ ...draft.triggers[0], filter_has_tags: [1] }] },
			{ ...draft, triggers: [...draft.triggers, { type: 2 }] },
			{ ...draft, actions: [{ type: 4, webhook: { params: { doc_url: '{doc_url}' } } }] },
			{ ...draft, actions: [{ type: 4, webhook: { headers: { 'X-Secret': 'a' } } }] },
		];

		expect(workflow && changed.filter((one) => matches(one, workflow))).toEqual([]);
	});
});

describe('The order of ids', () => {
	it('does not matter, since the server keeps its own', () => {
		const base = { id: 1, name: 'n8n', enabled: true, actions: [] };
		const workflow = { ...base, triggers: [{ id: 1, filter_has_tags: [2, 1] }] };

		expect(matches({ ...base, triggers: [{ filter_has_tags: [1, 2] }] }, workflow)).toBe(true);
		expect(matches({ ...base, triggers: [{ filter_has_tags: [1, 3] }] }, workflow)).toBe(false);
		expect(matches({ ...base, triggers: [{ filter_has_tags: [1] }] }, workflow)).toBe(false);
	});
});

describe('What a delivery is about', () => {
	it.each([
		[{ doc_id: '8', doc_url: 'http://paperless.test/documents/8/' }, 8],
		[{ doc_url: 'http://paperless.test/sub/documents/8/' }, 8],
		[{ doc_id: '', doc_url: 'None/documents/8/' }, 8],
	])('is the document of %j', (body, document) => {
		expect(subjectOf('documentAdded', body)).toEqual({ document });
	});

	it.each([[{}], ['8'], [null], [{ doc_id: '-8' }], [{ doc_id: '8.5' }], [{ doc_id: 8 }], [[8]]])(
		'is nothing in %j',
		(body) => {
			expect(subjectOf('documentUpdated', body)).toBeUndefined();
		},
	);

	it('is nothing where the moment of a file is missing', () => {
		expect(subjectOf('consumptionStarted', { doc_title: '/tmp/a.pdf' })).toBeUndefined();
	});
});
