import { z } from 'zod';
import { PaperlessError } from '../api/errors';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/transport';
import { filtersFrom } from '../documents/filters/filtersFrom';
import { present } from '../documents/output/present';
import { presentationOf } from '../documents/output/presentation';
import { readList, startOfList } from '../events/cursor';
import { eventId } from '../events/events';
import { hasPassed, hour, microsecondsOf } from '../events/instants';
import { cursorSchema } from '../events/state';
import type { Context, Output } from '../toolkit/operation';
import type { TriggerValues } from './parameters';
import { presentOf } from './stream';
import { watcher } from './watcher';

/** A row holds the whole text of its document. */
const rowsAPage = 100;

type TrashedRow = { id: number; modified: string; document: Document };

/** From 3.0 on the trash also lists versions of documents that are still there (paperless-api §6). */
const rowsOf = (documents: readonly Document[]): TrashedRow[] =>
	documents
		.filter(({ root_document }) => typeof root_document !== 'number')
		.map((document) => ({ id: document.id, modified: String(document.deleted_at), document }));

/**
 * The trash has no filter and is not in the order of deletion. As long as it has as many rows and
 * the same first one, nothing came in; this is looked at more closely once an hour, since as many
 * may have left.
 */
async function glance({ api }: Context): Promise<string> {
	const { count, results } = await api.trash.glance();
	const [first] = results;
	return first ? `${count}:${first.id}:${String(first.deleted_at)}` : '';
}

const whole = async ({ api }: Context): Promise<TrashedRow[]> =>
	rowsOf(await api.trash.list({}, { pageSize: rowsAPage }));

const one = (field: 'correspondent' | 'document_type' | 'storage_path' | 'owner') => {
	const has = ({ [field]: id }: Document, ids: readonly number[]) =>
		typeof id === 'number' && ids.includes(id);
	return {
		[`${field}__id__in`]: has,
		[`${field}__id__none`]: (document: Document, ids: readonly number[]) => !has(document, ids),
	};
};

/** What of the server's filters can be told from a row of the trash. */
const tests: Readonly<Record<string, (document: Document, ids: readonly number[]) => boolean>> = {
	...one('correspondent'),
	...one('document_type'),
	...one('storage_path'),
	...one('owner'),
	id__in: ({ id }, ids) => ids.includes(id),
	tags__id__all: ({ tags = [] }, ids) => ids.every((id) => tags.includes(id)),
	tags__id__in: ({ tags = [] }, ids) => ids.some((id) => tags.includes(id)),
	tags__id__none: ({ tags = [] }, ids) => !ids.some((id) => tags.includes(id)),
};

async function filterOf(
	context: Context,
	values: TriggerValues,
): Promise<(row: TrashedRow) => boolean> {
	const { query }: { query: Query } = await filtersFrom(context, values);
	const conditions = Object.entries(query).map(([filter, value]) => {
		const test = tests[filter];
		if (test === undefined) {
			throw new PaperlessError('invalid', `Deleted documents cannot be filtered by “${filter}”`, {
				description:
					'Paperless-ngx cannot search its trash. Filter by tags, correspondent, document type, storage path or owner, or use a trigger of its own for “Document Deleted”.',
			});
		}
		const ids = String(value).split(',').map(Number);
		return (document: Document) => test(document, ids);
	});
	return ({ document }) => conditions.every((condition) => condition(document));
}

async function items(
	context: Context,
	values: TriggerValues,
	rows: readonly TrashedRow[],
): Promise<Output[]> {
	const documents = rows.map(({ document }) => document);
	const shown = await present(context, documents, presentationOf(values, false));
	return rows.map(({ id, modified }, at) => ({
		json: {
			event: 'documentDeleted',
			event_id: eventId('documentDeleted', id, microsecondsOf(modified)),
			deleted_at: modified,
			...shown[at],
		},
	}));
}

/** A document that was moved to the trash, as often as that happens. */
export const deletions = watcher({
	event: 'documentDeleted',
	schema: z.object({ seen: z.string(), cursor: cursorSchema, lookedAt: z.number() }),
	async begin(context, values) {
		await filterOf(context, values);
		const now = context.now();
		const seen = await glance(context);
		const rows = await whole(context);
		return { seen, cursor: startOfList(rows, now, presentOf(context)), lookedAt: now };
	},
	async look(context, values, before) {
		const now = context.now();
		const seen = await glance(context);
		const isDue = seen !== '' && hasPassed(hour, before.lookedAt, now);
		if (seen === before.seen && !isDue) return { state: before, items: [] };
		const rows = await whole(context);
		const { cursor, news } = readList(before.cursor, rows, now, presentOf(context));
		const wanted = news.filter(await filterOf(context, values));
		return {
			state: { seen, cursor, lookedAt: now },
			items: await items(context, values, wanted),
		};
	},
	async sample(context, values) {
		const rows = (await whole(context)).filter(await filterOf(context, values));
		return await items(context, values, rows.slice(0, 1));
	},
});
