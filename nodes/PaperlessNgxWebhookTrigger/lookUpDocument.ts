import { documentsPerRequest } from '../api/documents';
import type { Document } from '../api/schemas/document';
import { fieldsQuery, presentationOf } from '../documents/output/presentation';
import { present } from '../documents/output/present';
import type { Json } from '../toolkit/operation';
import { checkFilters } from './repairWorkflow';
import type { WebhookTriggerCall } from './webhookTriggerParameters';

/** A document with its `modified`, and as the chosen output presents it. */
export type FoundDocument = { document: Document; json: Json };

const without = (name: string, json: Json): Json =>
	Object.fromEntries(Object.entries(json).filter(([key]) => key !== name));

async function fetchDocuments(
	call: WebhookTriggerCall,
	ids: ReadonlySet<number>,
): Promise<Map<number, FoundDocument>> {
	const { context, values } = call;
	await checkFilters(call);
	const presentation = presentationOf(values, false);
	const query = fieldsQuery(presentation);
	const fields = query.fields?.split(',') ?? [];
	const showsStamp = fields.includes('modified') || fields.length === 0;
	const documents = await context.api.documents.list({
		...(showsStamp ? query : { ...query, fields: [...fields, 'modified'].join(',') }),
		id__in: [...ids].join(','),
	});
	const presented = await present(context, documents, presentation);
	return new Map(
		documents.map((document, at) => {
			const { [at]: json = {} } = presented;
			return [document.id, { document, json: showsStamp ? json : without('modified', json) }];
		}),
	);
}

type Batch = { ids: Set<number>; found: Promise<Map<number, FoundDocument>> };

/** By node: the batch that more documents can still join, and the end of the batch before it. */
const openBatches = new Map<string, Batch>();
const running = new Map<string, Promise<void>>();

const nothing = () => undefined;

function openBatch(call: WebhookTriggerCall): Batch {
	const { key } = call;
	const ids = new Set<number>();
	const fetchAll = async () => {
		if (openBatches.get(key)?.ids === ids) openBatches.delete(key);
		return await fetchDocuments(call, ids);
	};
	const found = (running.get(key) ?? Promise.resolve()).then(fetchAll);
	const batch = { ids, found };
	openBatches.set(key, batch);
	running.set(key, found.then(nothing, nothing));
	return batch;
}

/**
 * Looks up a document. Documents that are delivered while a request is running are requested
 * together afterwards, so a burst of hundreds costs a few requests.
 */
export async function lookUpDocument(
	call: WebhookTriggerCall,
	id: number,
): Promise<FoundDocument | undefined> {
	const open = openBatches.get(call.key);
	const batch = open && open.ids.size < documentsPerRequest ? open : openBatch(call);
	batch.ids.add(id);
	return (await batch.found).get(id);
}
