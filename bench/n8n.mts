import { createReadStream } from 'node:fs';
import type { IDataObject, INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { Engine } from '../test/support/engine.mts';
import type { RunResult } from '../test/support/engine.mts';
import { builtCredential, builtNode } from './built.mts';
import { burstTask } from './burstTask.mts';
import type { CaseName } from './cases.mts';
import { restingMemory } from './memory.mts';
import { pollTask } from './pollTask.mts';
import type { Setting, Task } from './task.mts';
import { digest, measurer } from './task.mts';
import { fieldValue, newTags, tagToAdd, uploadedFiles } from './testData.mts';
import { serve } from './worker.mts';

const types = { node: builtNode('PaperlessNgx'), credential: builtCredential() };

const jsonOf = (result: unknown): IDataObject[] =>
	(result as RunResult).items.map(({ json }) => json);

const statuses = (result: unknown): string =>
	jsonOf(result)
		.map(({ status }) => status)
		.join(' ');

const byItemId = { document: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };

async function prepare(name: CaseName, run: number, setting: Setting): Promise<Task> {
	const { url, token, ids, largeFile } = setting;
	const engine = new Engine(types, { baseUrl: url, apiToken: token });
	const operate = async (
		operation: string,
		parameters: object,
		items = [{ json: {} }] as RunResult['items'],
	): Promise<RunResult> => {
		const result = await engine.run({
			parameters: { resource: 'document', operation, ...parameters } as INodeParameters,
			items,
		});
		if (result.error) throw new Error(`${result.error.message} ${result.error.description}`);
		return result;
	};
	const items = (count: number) => ids.slice(0, count).map((id) => ({ json: { id } }));
	const listed = (result: unknown) => digest(jsonOf(result));
	const counted = (result: unknown) => `${jsonOf(result).length} documents`;
	const setFields = (count: number, value: string): Task => {
		const customFields = { mappingMode: 'defineBelow', value: { 1: value } };
		const parameters = { resource: 'documentBulk', target: 'item', ...byItemId, customFields };
		const input = items(count);
		return {
			work: () => operate('updateCustomFields', parameters, input),
			summary: counted,
		};
	};

	switch (name) {
		case 'list1000':
		case 'fiveKinds':
			return { work: () => operate('getAll', { limit: 1000 }), summary: listed };
		case 'list10000':
			return { work: () => operate('getAll', { limit: 10_000 }), summary: listed };
		case 'gets': {
			const input = items(500);
			return { work: () => operate('get', byItemId, input), summary: listed };
		}
		case 'tags': {
			const parameters = { ...byItemId, updateFields: { addTags: [tagToAdd('n8n', run)] } };
			const input = items(1000);
			return {
				work: () => operate('update', parameters, input),
				summary: (result) => digest(jsonOf(result).map(({ id }) => id)),
			};
		}
		case 'bulkTags': {
			const parameters = {
				resource: 'documentBulk',
				target: 'filter',
				filters: {
					texts: { rows: [{ field: 'title', condition: 'istartswith', text: 'Document' }] },
				},
				addTags: [tagToAdd('n8n', run)],
			};
			return { work: () => operate('updateTags', parameters), summary: counted };
		}
		case 'equalFields':
			return setFields(1000, fieldValue('n8n', run));
		case 'differentFields':
			return setFields(1000, `={{ "${fieldValue('n8n', run)}" + $json.id }}`);
		case 'upserts': {
			const parameters = { resource: 'tag', name: '={{ $json.name }}' };
			const input = newTags('n8n', run).map((name) => ({ json: { name } }));
			return {
				work: () => operate('upsert', parameters, input),
				summary: (result) => `${jsonOf(result).length} tags`,
			};
		}
		case 'zip': {
			const documents = ids.slice(0, 200).join(',');
			return {
				work: () => operate('downloadMany', { documentIds: documents }),
				summary: (result) => `${(result as RunResult).items.length} file`,
			};
		}
		case 'uploads': {
			const input = await Promise.all(
				uploadedFiles('n8n', run).map(async ({ name: fileName, text }) => ({
					json: {},
					binary: { data: await engine.store(Buffer.from(text), fileName, 'text/plain') },
				})),
			);
			return { work: () => operate('upload', {}, input), summary: statuses };
		}
		case 'picker':
			return {
				work: () => engine.pick('searchCorrespondents'),
				// Labels show more than names.
				summary: (result) =>
					digest((result as INodeListSearchResult).results.map(({ value }) => value)),
			};
		case 'burst':
			return await burstTask(setting, types.credential);
		case 'catchUp':
		case 'idleDocuments':
		case 'idleDeleted':
		case 'idleFailed':
		case 'idleLarge':
		case 'state':
			return await pollTask(name, setting, types.credential);
		case 'largeUpload': {
			if (!largeFile.stored) throw new Error('The file is not in n8n yet');
			const input = [{ json: {}, binary: { data: largeFile.stored } }];
			return { work: () => operate('upload', {}, input), summary: statuses };
		}
		case 'largeDownload':
			return {
				work: () => operate('download', { document: byId(largeFile.document) }),
				summary: (result) => `${(result as RunResult).items[0]?.binary?.data?.bytes} bytes`,
			};
	}
}

const byId = (id: number) => ({ __rl: true, mode: 'id', value: String(id) });

const methods = {
	measure: measurer(prepare),
	restingMemory,
	store: (file: string) =>
		new Engine(types, {}).store(createReadStream(file), 'large.bin', 'application/pdf'),
};
export type N8n = typeof methods;
serve(methods);
