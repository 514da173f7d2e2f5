import { z } from 'zod';
import { PaperlessError } from '../../api/errors';
import type { Document } from '../../api/schemas/document';
import { filtersFrom } from '../../documents/filters/filtersFrom';
import { present } from '../../documents/output/present';
import { presentationOf } from '../../documents/output/presentation';
import { eventId } from '../../events/events';
import { hasPassed, hour } from '../../events/hasPassed';
import { readList, startList } from '../../events/readList';
import { microsecondsOf } from '../../events/stamps';
import { cursorSchema } from '../../events/triggerState';
import type { Context, Output } from '../../toolkit/operation';
import { clocksOf } from '../clocksOf';
import type { TriggerValues } from '../triggerParameters';
import { defineWatcher } from './defineWatcher';

/** A row holds the whole text of its document. */
const rowsPerPage = 100;

type TrashedRow = { id: number; modified: string; document: Document };

/**
 * From 3.0 on, the trash also lists versions of documents that still exist
 * (docs/paperless-api.md#versions-in-the-trash).
 */
const rowsOf = (documents: readonly Document[]): TrashedRow[] =>
	documents
		.filter(({ root_document }) => typeof root_document !== 'number')
		.map((document) => ({ id: document.id, modified: String(document.deleted_at), document }));

const wholeTrash = async ({ api }: Context): Promise<TrashedRow[]> =>
	rowsOf(await api.trash.list({}, { pageSize: rowsPerPage }));

/**
 * The trash cannot be filtered and is not sorted by deletion. As long as the number of rows and the
 * first row stay the same, nothing was added. This is not certain, since as many documents may
 * have left, so the whole trash is read once per hour.
 */
async function fingerprint({ api }: Context): Promise<string> {
	const { count, results } = await api.trash.glance();
	const [first] = results;
	return first ? `${count}:${first.id}:${microsecondsOf(String(first.deleted_at))}` : '';
}

type Condition = (document: Document, ids: readonly number[]) => boolean;

const conditionsOn = (field: 'correspondent' | 'document_type' | 'storage_path' | 'owner') => {
	const has: Condition = ({ [field]: id }, ids) => typeof id === 'number' && ids.includes(id);
	const hasNot: Condition = (document, ids) => !has(document, ids);
	return { [`${field}__id__in`]: has, [`${field}__id__none`]: hasNot };
};

/** The server's filters that a row of the trash can be checked against. */
const conditions: Readonly<Record<string, Condition>> = {
	...conditionsOn('correspondent'),
	...conditionsOn('document_type'),
	...conditionsOn('storage_path'),
	...conditionsOn('owner'),
	id__in: ({ id }, ids) => ids.includes(id),
	tags__id__all: ({ tags = [] }, ids) => ids.every((id) => tags.includes(id)),
	tags__id__in: ({ tags = [] }, ids) => ids.some((id) => tags.includes(id)),
	tags__id__none: ({ tags = [] }, ids) => !ids.some((id) => tags.includes(id)),
};

async function filterFrom(
	context: Context,
	values: TriggerValues,
): Promise<(row: TrashedRow) => boolean> {
	const { query } = await filtersFrom(context, values.filters);
	const checks = Object.entries(query).map(([filter, value]) => {
		const condition = conditions[filter];
		if (condition === undefined) {
			throw new PaperlessError('invalid', `Deleted documents cannot be filtered by “${filter}”`, {
				description:
					'Paperless-ngx cannot search its trash. Filter by tags, correspondent, document type, storage path or owner, or use a separate trigger for “Document Deleted”.',
			});
		}
		const ids = String(value).split(',').map(Number);
		return (document: Document) => condition(document, ids);
	});
	return ({ document }) => checks.every((check) => check(document));
}

async function itemsOf(
	context: Context,
	values: TriggerValues,
	rows: readonly TrashedRow[],
): Promise<Output[]> {
	const documents = rows.map(({ document }) => document);
	const presented = await present(context, documents, presentationOf(values, false));
	return rows.map(({ id, modified }, at) => ({
		json: {
			event: 'documentDeleted',
			event_id: eventId('documentDeleted', id, microsecondsOf(modified)),
			deleted_at: modified,
			...presented[at],
		},
	}));
}

/** Reports a document each time it is moved to the trash. */
export const deletions = defineWatcher({
	event: 'documentDeleted',
	schema: z.object({ seen: z.string(), cursor: cursorSchema, lookedAt: z.number() }),
	async start(context, values) {
		await filterFrom(context, values);
		const now = context.now();
		const seen = await fingerprint(context);
		const rows = await wholeTrash(context);
		return { seen, cursor: startList(rows, clocksOf(context)), lookedAt: now };
	},
	async check(context, values, before) {
		const now = context.now();
		const seen = await fingerprint(context);
		const isDue = seen !== '' && hasPassed(hour, before.lookedAt, now);
		if (seen === before.seen && !isDue) return { state: before, items: [] };
		const rows = await wholeTrash(context);
		const { cursor, newRows } = readList(before.cursor, rows, clocksOf(context));
		const matching = newRows.filter(await filterFrom(context, values));
		return {
			state: { seen, cursor, lookedAt: now },
			items: await itemsOf(context, values, matching),
		};
	},
	async sample(context, values) {
		const rows = (await wholeTrash(context)).filter(await filterFrom(context, values));
		return await itemsOf(context, values, rows.slice(0, 1));
	},
});
