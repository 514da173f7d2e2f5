import type { Row } from '../support/archive.mts';
import { byName } from '../support/world.mts';
import { type Case, letters, letter, list, textFile } from './case.mts';

export const server: Case[] = [
	{
		resource: 'task',
		does: 'waits for what an upload left to the server, and acknowledges it',
		given: async ({ prefix }) => [{ text: `A task of ${prefix}` }],
		steps: ({ prefix }) => ({
			File: textFile,
			Send: {
				resource: 'document',
				operation: 'upload',
				waitForConsumption: false,
				additionalFields: { title: `${prefix} task` },
			},
			Wait: { operation: 'waitFor', taskId: '={{ $json.task_id }}' },
			Acknowledge: { operation: 'acknowledge', taskId: '={{ $json.task_id }}' },
		}),
		proof: async (world, output) => {
			const [waited] = output('Wait');
			const answer = await world.api<Row[] | { results: Row[] }>(
				'GET',
				`tasks/?task_id=${String(waited?.['task_id'])}`,
			);
			const [task] = 'results' in answer ? answer.results : answer;
			expect(waited?.['document_id']).toBe((await world.ids('documents'))[0]);
			expect(task).toMatchObject({ acknowledged: true });
		},
	},
	{
		resource: 'trash',
		does: 'restores one document and destroys another',
		given: async (world) => {
			const ids = await letters(world, 'wanted', 'unwanted');
			for (const id of ids) await world.api('DELETE', `documents/${id}/`);
			return [{ wanted: ids[0], unwanted: ids[1] }];
		},
		steps: () => ({
			Restore: { operation: 'restore', documentId: '={{ $json.wanted }}' },
			Destroy: {
				operation: 'deletePermanently',
				documentId: "={{ $('Items').item.json.unwanted }}",
			},
		}),
		proof: async (world) => {
			expect((await world.rows('documents')).map(({ title }) => title)).toEqual([
				`${world.prefix} wanted`,
			]);
			expect((await list(world, 'trash/?page_size=1000')).map(({ title }) => title)).not.toContain(
				`${world.prefix} unwanted`,
			);
		},
	},
	{
		resource: 'search',
		does: 'finds a document and what it is filed by in one go',
		given: async (world) => {
			await world.create('tags', 'letters');
			return await letter(world);
		},
		steps: ({ prefix }) => ({
			Find: { operation: 'global', searchText: prefix, namesOnly: true },
		}),
		proof: async (world, output) => {
			const [tag] = await world.ids('tags');
			const [document] = await world.ids('documents');
			expect(output('Find')).toMatchObject([
				{ documents: [{ id: document }], tags: [{ id: tag }] },
			]);
		},
	},
	{
		resource: 'system',
		does: 'counts as the server does',
		given: letter,
		steps: () => ({ Count: { operation: 'getStatistics' } }),
		proof: async (world, output) => {
			const { documents_total: total } = await world.api<{ documents_total: number }>(
				'GET',
				'statistics/',
			);
			expect(output('Count')).toMatchObject([{ documents_total: total }]);
			expect(total).toBeGreaterThan(0);
		},
	},
	{
		resource: 'user',
		does: 'gets a user by name, without a password',
		given: async (world) => {
			await world.api('POST', 'users/', { username: `${world.prefix}-clerk` });
			return [{}];
		},
		steps: ({ prefix }) => ({
			Get: { operation: 'get', user: byName(`${prefix}-clerk`) },
			'Get Many': { operation: 'getAll', filters: { nameContains: prefix } },
		}),
		proof: async (world, output) => {
			const [id] = await world.ids('users');
			expect(output('Get')).toMatchObject([{ id, name: `${world.prefix}-clerk` }]);
			expect(output('Get')[0]).not.toHaveProperty('password');
			expect(output('Get Many')).toEqual(output('Get'));
		},
	},
	{
		resource: 'group',
		does: 'gets a group by name, with its permissions',
		given: async (world) => {
			await world.create('groups', 'office', { permissions: ['view_tag'] });
			return [{}];
		},
		steps: ({ prefix }) => ({
			Get: { operation: 'get', group: byName(`${prefix} office`) },
			'Get Many': { operation: 'getAll', filters: { nameContains: prefix } },
		}),
		proof: async (world, output) => {
			const [id] = await world.ids('groups');
			expect(output('Get')).toMatchObject([{ id, permissions: ['view_tag'] }]);
			expect(output('Get Many')).toEqual(output('Get'));
		},
	},
	{
		resource: 'apiCall',
		does: 'reads what no other operation is needed for',
		given: async (world) => {
			await world.create('tags', 'label');
			return [{}];
		},
		steps: ({ prefix }) => ({
			Send: {
				operation: 'send',
				path: 'tags/',
				queryParameters: { rows: [{ name: 'name__istartswith', value: prefix }] },
			},
		}),
		proof: async (world, output) => {
			expect(output('Send')).toMatchObject([{ name: `${world.prefix} label` }]);
		},
	},
	{
		resource: 'mailAccount',
		does: 'sets up an account, and never shows its password',
		steps: ({ prefix }) => ({
			Create: {
				operation: 'create',
				name: `${prefix} office`,
				imapServer: 'imap.invalid',
				username: 'clara',
				password: 'a secret of mail',
			},
			Get: { operation: 'get', mailAccount: byName(`${prefix} office`) },
			Delete: { operation: 'delete', mailAccount: byName(`${prefix} office`) },
		}),
		proof: async (_world, output) => {
			expect(output('Get')).toMatchObject([{ username: 'clara' }]);
			expect(JSON.stringify([output('Create'), output('Get')])).not.toContain('a secret of mail');
			expect(output('Delete')).toMatchObject([{ deleted: true }]);
		},
	},
	{
		resource: 'mailRule',
		does: 'makes a rule for an account by its name, and switches it off',
		steps: ({ prefix }) => ({
			Account: {
				resource: 'mailAccount',
				operation: 'create',
				name: `${prefix} rules`,
				imapServer: 'imap.invalid',
				username: 'clara',
				password: 'a secret of mail',
			},
			Create: {
				operation: 'create',
				name: `${prefix} invoices`,
				account: byName(`${prefix} rules`),
			},
			Disable: { operation: 'disable', mailRule: byName(`${prefix} invoices`) },
			Delete: { operation: 'delete', mailRule: byName(`${prefix} invoices`) },
			'Delete Account': {
				resource: 'mailAccount',
				operation: 'delete',
				mailAccount: byName(`${prefix} rules`),
			},
		}),
		proof: async ({ prefix }, output) => {
			expect(output('Create')).toMatchObject([{ account: `${prefix} rules` }]);
			expect(output('Disable')).toMatchObject([{ enabled: false, updated: true }]);
			expect(output('Delete')).toMatchObject([{ deleted: true }]);
		},
	},
	{
		resource: 'processedMail',
		since: '2.19',
		does: 'tells which mail failed, by the name of its rule',
		given: async (world) => [
			{ delivered: world.has('2.19') && (await world.failByMail('broken bill')) },
		],
		steps: () => ({
			'Get Many': { operation: 'getAll', returnAll: true, filters: { status: 'FAILED' } },
		}),
		proof: async ({ prefix }, output) => {
			const [{ delivered } = {}] = output('Items');
			const own = output('Get Many').filter(({ subject }) => subject === `${prefix} broken bill`);
			expect(own).toMatchObject(
				delivered ? [{ rule: `${prefix} Bills`, account: `${prefix} Office` }] : [],
			);
		},
	},
	{
		resource: 'workflow',
		does: 'makes a workflow of names from what another one looks like',
		given: async (world) => {
			await world.create('tags', 'label');
			return [{}];
		},
		steps: ({ prefix }) => ({
			Create: {
				operation: 'create',
				workflowJson: JSON.stringify({
					name: `${prefix} flow`,
					triggers: [{ type: 'document_added' }],
					actions: [{ type: 'assignment', assign_tags: [`${prefix} label`] }],
				}),
			},
			Disable: { operation: 'disable', workflow: byName(`${prefix} flow`) },
			Delete: { operation: 'delete', workflow: byName(`${prefix} flow`) },
		}),
		proof: async ({ prefix }, output) => {
			expect(output('Create')).toMatchObject([{ actions: [{ assign_tags: [`${prefix} label`] }] }]);
			expect(output('Disable')).toMatchObject([{ enabled: false }]);
			expect(output('Delete')).toMatchObject([{ deleted: true }]);
		},
	},
];
