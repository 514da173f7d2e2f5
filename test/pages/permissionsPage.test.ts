import type { IDataObject } from 'n8n-workflow';
import { events } from '../../nodes/events/events.ts';
import { resources } from '../../nodes/PaperlessNgx/resources/index.ts';
import { triggerParameters } from '../../nodes/PaperlessNgxTrigger/triggerParameters.ts';
import { webhookTriggerParameters } from '../../nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters.ts';
import type { Parameter } from '../../nodes/toolkit/parameter.ts';
import type { Engine } from '../support/engine.mts';
import type { Attempt } from '../support/neededPermissions.mts';
import { WatchedUser } from '../support/neededPermissions.mts';
import type { Furnished } from '../support/operationCases.mts';
import { cases, furnish, isAi } from '../support/operationCases.mts';
import { isUpdate } from '../support/isUpdate.mts';
import { byName, engineFor, run } from '../support/paperless.mts';
import type { Row } from '../support/permissionsPage.mts';
import { permissionsHeading, permissionsTables } from '../support/permissionsPage.mts';
import { PollingTrigger } from '../support/pollingTrigger.mts';
import { sourceOf, writeSource } from '../support/sources.mts';
import { useSandbox } from '../support/useSandbox.mts';
import { WebhookTrigger } from '../support/webhookTrigger.mts';

const version = '3.0.5';
const page = 'docs/permissions.md';

/** Values that show more than those of the cases, or that fit a user who is no administrator. */
const others: Record<string, IDataObject> = {
	'mailRule.enable': { mailRule: byName('Off') },
	'shareLink.getAll': { scope: 'all' },
	'user.delete': { user: byName('clerk'), options: { deleteOwner: true } },
	'user.update': { user: byName('clerk') },
	'workflow.enable': { workflow: byName('Off') },
	...Object.fromEntries(
		['correspondent', 'documentBulk', 'documentType', 'storagePath', 'tag'].map((resource) => [
			`${resource}.setPermissions`,
			{ permissions: { viewUsers: 'clerk' } },
		]),
	),
};

/** n8n gives a regular expression 250 ms, which a busy machine may not have in each of many runs. */
jest.retryTimes(2);

type Named = { attempt: Attempt; group: string; name: string };

const choiceName = (parameters: readonly Parameter[], value: string) =>
	parameters
		.flatMap(({ options = [] }) => options)
		.flatMap((option) => ('value' in option && option.value === value ? [option.name] : []))[0] ??
	value;

describe('docs/permissions.md', () => {
	const { sandbox, engine: admin } = useSandbox(version);
	let engine: Engine;
	let user: WatchedUser;
	let furnished: Furnished;
	let ofReader: Record<string, IDataObject>;
	let number = 0;

	beforeAll(() => {
		engine = engineFor(sandbox, 'reader');
		user = new WatchedUser(sandbox, async () => {
			await sandbox.settings({ mergesAsVersions: true, consumptionSeconds: 0 });
			furnished = await furnish(sandbox, admin);
			await sandbox.api('POST', 'workflows/', {
				name: 'Off',
				enabled: false,
				triggers: [],
				actions: [],
			});
			const mine = async (path: string, body: object) =>
				String((await sandbox.api('POST', path, body, sandbox.tokens.reader))['id']);
			const shareLinkId = await mine('share_links/', { document: 5 });
			const bundleId = await mine('share_link_bundles/', { document_ids: [5] });
			ofReader = {
				'shareLink.delete': { shareLinkId },
				'shareLink.get': { shareLinkId },
				'shareLinkBundle.delete': { bundleId },
				'shareLinkBundle.get': { bundleId },
				'shareLinkBundle.rebuild': { bundleId },
			};
			const rule = await sandbox.api<IDataObject>('GET', 'mail_rules/1/');
			await sandbox.api('POST', 'mail_rules/', {
				...rule,
				id: undefined,
				action_parameter: null,
				name: 'Off',
				enabled: false,
			});
		});
	});

	const credentials = () => ({ baseUrl: sandbox.url, apiToken: sandbox.tokens.reader });

	const reasonOf = async (work: () => Promise<unknown>) =>
		await work().then(
			() => undefined,
			(thrown: Error & { description?: string }) =>
				`${thrown.message} ${String(thrown.description)}`,
		);

	const operations: Named[] = cases
		.filter((one) => !isAi(one))
		.map(({ name, operation, resource, values }) => ({
			group: resources.find(({ value }) => value === resource)?.name ?? resource,
			name: operation.name,
			attempt: async () => {
				const { items, own } = furnished;
				const parameters = { ...values, ...own[name], ...others[name], ...ofReader[name] };
				const { error, json } = await run(engine, operation.value, parameters, { items });
				if (error) return `${error.message} ${String(error.description)}`;
				const refused = json.filter((item) => typeof item['error'] === 'string');
				return refused.length > 0 ? JSON.stringify(refused) : undefined;
			},
		}));

	const polls: Named[] = Object.keys(events).map((event) => ({
		group: 'Paperless-ngx Trigger',
		name: choiceName(triggerParameters, event),
		attempt: async () =>
			await reasonOf(async () => {
				const trigger = new PollingTrigger(credentials(), { events: [event] });
				await trigger.poll();
				await sandbox.api('PATCH', 'documents/5/', { title: 'Another', tags: [1, 2] });
				await sandbox.api('DELETE', 'documents/4/');
				await trigger.poll();
			}),
	}));

	const deliveries: Named[] = [
		'consumptionStarted',
		'documentAdded',
		'documentUpdated',
		'scheduled',
	].map((event) => ({
		group: 'Paperless-ngx Webhook Trigger',
		name: choiceName(webhookTriggerParameters, event),
		attempt: async () => {
			number += 1;
			const place = { nodeId: `permissions-${number}` };
			return await reasonOf(async () => {
				const trigger = new WebhookTrigger(credentials(), { event }, place);
				await trigger.activate();
				await trigger.deactivate();
			});
		},
	}));

	it('lists what was seen; otherwise run: npm test -- permissionsPage -u', async () => {
		const all = [...operations, ...polls, ...deliveries];
		const rows: Row[] = [];
		await user.begin();
		for (const { attempt, ...named } of all)
			rows.push({ ...named, ...(await user.needsOf(attempt)), isForOwners: false });
		await user.begin(true);
		for (const [index, { attempt }] of operations.entries()) {
			const row = rows[index];
			if (row?.mark === undefined && (await user.isRefusedWhenShared(attempt)))
				rows[index] = { ...(row as Row), isForOwners: true };
		}

		const [introduction = ''] = sourceOf(page).split(permissionsHeading);
		const tables = permissionsTables(rows, `Paperless-ngx ${version}`);
		const text = `${introduction.trimEnd()}\n\n${tables}`;
		if (isUpdate()) writeSource(page, text);

		expect(sourceOf(page)).toBe(text);
	}, 600_000);
});
