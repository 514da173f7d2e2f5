import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { eventful } from './archive.mts';
import type { CaseName } from './cases.mts';
import { burst } from './cases.mts';
import { FloorClient, formOf } from './floorClient.mts';
import type { Named, Page } from './floorDocuments.mts';
import { pages } from './floorDocuments.mts';
import { restingMemory } from './memory.mts';
import type { Setting, Task } from './task.mts';
import { digest, measurer } from './task.mts';
import { fieldValue, newTags, tagToAdd, uploadedFiles } from './testData.mts';
import { serve } from './worker.mts';

const counted = (noun: string) => (result: unknown) => `${(result as unknown[]).length} ${noun}`;

async function prepare(name: CaseName, run: number, setting: Setting): Promise<Task> {
	const client = new FloorClient(setting);
	const idList = (count: number) => setting.ids.slice(0, count);
	const addTag = async (documents: number[]) => {
		const add_tags = await client.tagIds(tagToAdd('undici', run));
		return await client.bulkEdit(documents, 'modify_tags', { add_tags, remove_tags: [] });
	};
	const setField = (documents: number[], value: string) =>
		client.bulkEdit(documents, 'modify_custom_fields', {
			add_custom_fields: { 1: value },
			remove_custom_fields: [],
		});

	switch (name) {
		case 'list1000':
			return { work: () => client.documents(pages(1000)), summary: digest };
		case 'fiveKinds':
			return { work: () => client.documents(pages(1000), true), summary: digest };
		case 'list10000':
			return { work: () => client.documents(pages(10_000)), summary: digest };
		case 'gets': {
			const ids = idList(500);
			const query = `id__in=${ids.join(',')}&page_size=${ids.length}&ordering=id`;
			return { work: () => client.documents([query]), summary: digest };
		}
		case 'tags':
			return { work: () => addTag(idList(1000)), summary: digest };
		case 'bulkTags': {
			const query = 'title__istartswith=Document&fields=id&page_size=100000';
			const work = async () => {
				const { results } = await client.json<Page<Named>>('GET', `documents/?${query}`);
				return await addTag(results.map(({ id }) => id));
			};
			return { work, summary: counted('documents') };
		}
		case 'equalFields': {
			const work = () => setField(idList(1000), fieldValue('undici', run));
			return { work, summary: counted('documents') };
		}
		case 'differentFields': {
			const set = (id: number) => setField([id], fieldValue('undici', run, id));
			return { work: () => Promise.all(idList(1000).map(set)), summary: counted('documents') };
		}
		case 'upserts': {
			const create = (tag: string) =>
				client.json('POST', 'tags/', JSON.stringify({ name: tag }), 201);
			const work = async () => {
				await client.json('GET', 'tags/?page_size=10000');
				return await Promise.all(newTags('undici', run).map(create));
			};
			return { work, summary: counted('tags') };
		}
		case 'zip': {
			const target = path.join(setting.folder, 'floor.zip');
			const body = JSON.stringify({ documents: idList(200), content: 'archive' });
			const work = async () => {
				const reply = await client.send('POST', 'documents/bulk_download/', body);
				await pipeline(reply.body, createWriteStream(target));
			};
			return { work, summary: () => '1 file' };
		}
		case 'uploads': {
			const files = uploadedFiles('undici', run);
			const upload = ({ name: fileName, text }: (typeof files)[number]) => {
				const bytes = Buffer.from(text);
				return client.upload(formOf(fileName, [bytes], bytes.length));
			};
			const work = async () => {
				const statuses = await client.consumed(await Promise.all(files.map(upload)));
				await client.documents([`page_size=${files.length}&ordering=-id`]);
				return statuses;
			};
			return { work, summary: (result) => (result as string[]).join(' ') };
		}
		case 'picker': {
			const query = 'ordering=name&page=1&page_size=100';
			const work = async () => {
				const { results } = await client.json<Page<Named>>('GET', `correspondents/?${query}`);
				return results.map(({ id }) => String(id));
			};
			return { work, summary: digest };
		}
		case 'burst': {
			const queries = idList(burst).map((id) => `id__in=${id}&ordering=id`);
			const summary = (result: unknown) => `${burst} of ${(result as unknown[]).length} items`;
			return { work: () => client.documents(queries), summary };
		}
		case 'state': {
			const inInbox = `is_in_inbox=true&ordering=-id&page_size=${eventful.inInbox}`;
			const queries = [...pages(eventful.added, '-id'), inInbox];
			return { work: () => client.documents(queries), summary: counted('items') };
		}
		case 'catchUp':
			return { work: () => client.documents(pages(5000, '-id')), summary: counted('items') };
		case 'idleDocuments':
		case 'idleDeleted':
		case 'idleFailed':
		case 'idleLarge':
			return {
				work: () => client.json('GET', 'documents/?modified__gt=2100-01-01&fields=id'),
				summary: () => '0 items',
			};
		case 'largeUpload': {
			const file = createReadStream(setting.largeFile.path, { highWaterMark: 256 * 1024 });
			const { size } = await stat(setting.largeFile.path);
			const form = formOf('large.bin', file, size);
			return {
				work: async () => await client.consumed([await client.upload(form)]),
				summary: (result) => (result as string[]).join(' '),
			};
		}
		case 'largeDownload': {
			const target = path.join(setting.folder, 'floor-download');
			const work = async () => {
				const route = `documents/${setting.largeFile.document}/download/`;
				const { body } = await client.send('GET', route);
				await pipeline(body, createWriteStream(target));
				return (await stat(target)).size;
			};
			return { work, summary: (result) => `${String(result)} bytes` };
		}
	}
}

serve({ measure: measurer(prepare), restingMemory });
