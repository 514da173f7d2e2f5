import { workflowSchema } from '../../../nodes/api/schemas/workflow';
import type { WorkflowDraft } from '../../../nodes/api/schemas/workflow';
import { matchesDraft } from '../../../nodes/PaperlessNgxWebhookTrigger/matchesDraft';
import { readChapter } from '../../support/recordings.mts';

/** Drafts that were sent to a real server, and the workflows that it created. */
const created = (version: string, chapter: string, title: RegExp) =>
	readChapter(version, chapter)
		.filter((one) => title.test(one.title) && one.response.status === 201)
		.flatMap(({ request, response }) => {
			const { data } = workflowSchema.safeParse(response.json);
			return data ? [{ draft: request.json as unknown as WorkflowDraft, workflow: data }] : [];
		});

describe.each(['2.15.3', '2.20.15', '3.0.5'])('A workflow of Paperless-ngx %s', (version) => {
	const workflows = [
		...created(version, 'webhooks', /^Create a workflow/),
		...created(
			version,
			'workflows',
			/every filter|^Scheduled by|^Consumption started|^Action webhook/,
		),
	];

	it('matches the draft that it was created from', () => {
		expect(workflows.length).toBeGreaterThan(5);
		expect(workflows.filter(({ draft, workflow }) => !matchesDraft(workflow, draft))).toEqual([]);
	});

	it('does not match a draft with another name, trigger or action', () => {
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

		expect(workflow && changed.filter((other) => matchesDraft(workflow, other))).toEqual([]);
	});
});

describe('The order of ids', () => {
	it('does not matter, since the server has a separate order', () => {
		const base = { id: 1, name: 'n8n', enabled: true, actions: [] };
		const workflow = { ...base, triggers: [{ id: 1, filter_has_tags: [2, 1] }] };

		expect(matchesDraft(workflow, { ...base, triggers: [{ filter_has_tags: [1, 2] }] })).toBe(true);
		expect(matchesDraft(workflow, { ...base, triggers: [{ filter_has_tags: [1, 3] }] })).toBe(
			false,
		);
		expect(matchesDraft(workflow, { ...base, triggers: [{ filter_has_tags: [1] }] })).toBe(false);
	});
});
