import { documentsPerRequest } from '../api/documents';
import type { Document } from '../api/schemas/document';
import { fieldsQuery, presentationOf } from '../documents/output/presentation';
import { present } from '../documents/output/present';
import type { Json } from '../toolkit/operation';
import type { Call } from '../toolkit/runWebhook';
import { checkFilters } from './drift';
import type { WebhookTriggerParameters } from './parameters';

type Delivery = Call<WebhookTriggerParameters>;

/** A document with its stamp, and as the output mode shows it. */
export type Found = { document: Document; shown: Json };

const without = (name: string, json: Json): Json =>
	Object.fromEntries(Object.entries(json).filter(([key]) => key !== name));

async function ask(call: Delivery, ids: ReadonlySet<number>): Promise<Map<number, Found>> {
	const { context, values } = call;
	await checkFilters(call);
	const presentation = presentationOf(values, false);
	const asked = fieldsQuery(presentation);
	const fields = asked.fields?.split(',') ?? [];
	const withStamp = fields.includes('modified') || fields.length === 0;
	const documents = await context.api.documents.list({
		...(withStamp ? asked : { ...asked, fields: [...fields, 'modified'].join(',') }),
		id__in: [...ids].join(','),
	});
	const rows = await present(context, documents, presentation);
	return new Map(
		documents.map((document, at) => {
			const { [at]: row = {} } = rows;
			return [document.id, { document, shown: withStamp ? row : without('modified', row) }];
		}),
	);
}

type Batch = { ids: Set<number>; found: Promise<Map<number, Found>> };

/** By node: the batch that more documents can still join, and when the one before it is done. */
const open = new Map<string, Batch>();
const underWay = new Map<string, Promise<void>>();

const nothing = () => undefined;

function openBatch(call: Delivery): Batch {
	const { key } = call;
	const ids = new Set<number>();
	const after = async () => {
		if (open.get(key)?.ids === ids) open.delete(key);
		return await ask(call, ids);
	};
	const found = (underWay.get(key) ?? Promise.resolve()).then(after);
	const batch = { ids, found };
	open.set(key, batch);
	underWay.set(key, found.then(nothing, nothing));
	return batch;
}

/**
 * What is told of while another is being looked up is asked for together afterwards, so that a
 * burst of hundreds is a few requests and no call has to wait for its answer.
 */
export async function lookUp(call: Delivery, id: number): Promise<Found | undefined> {
	const joined = open.get(call.key);
	const batch = joined && joined.ids.size < documentsPerRequest ? joined : openBatch(call);
	batch.ids.add(id);
	return (await batch.found).get(id);
}
