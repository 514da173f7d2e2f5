import pLimit from 'p-limit';
import { PaperlessError } from '../../../../api/errors';
import type { Context, Json, Outcome } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import type { Delivery } from './send';
import {
	awaitConsumption,
	documentOf,
	finish,
	hashed,
	interrupted,
	refusal,
	send,
	withTwins,
} from './send';
import { documentsById } from '../../../../documents/locate';
import { fieldsQuery, present, simplified } from '../../../../documents/present';
import type { Order } from './planUploads';
import { openWork, ordersFor } from './planUploads';
import { uploadParameters } from './uploadParameters';

const uploadsAtOnce = 3;

async function documentsOf(
	context: Context,
	deliveries: readonly Delivery[],
): Promise<Map<unknown, Json>> {
	const ids = deliveries.flatMap((delivery) => documentOf(delivery) ?? []);
	const documents = await documentsById(context.api, ids, fieldsQuery(simplified));
	const shown = await present(context, [...documents.values()], simplified);
	return new Map(shown.map((json) => [json.id, json]));
}

function reasonOf({ order, consumption }: Delivery, unwatched: string | null): string | null {
	if (consumption.status !== 'pending') return consumption.reason || null;
	if (order.wait && unwatched !== null) return unwatched;
	const open = openWork(order);
	if (!order.wait || open.length === 0) return null;
	return `It was not consumed within the timeout. Not set: ${open.join(', ')}.`;
}

function report(
	delivery: Delivery,
	documents: ReadonlyMap<unknown, Json>,
	unwatched: string | null,
): Json {
	const { order, taskId = null, consumption } = delivery;
	const id = documentOf(delivery);
	const reason =
		consumption.status === 'created' && id !== null ? null : reasonOf(delivery, unwatched);
	return {
		status: consumption.status,
		id,
		file_name: order.file.fileName,
		task_id: taskId,
		...(consumption.status === 'duplicate' && { existing_document_id: id }),
		...(reason !== null && { reason }),
		...(id !== null && { document: documents.get(id) ?? null }),
	};
}

/** Without the right to read tasks nobody can wait, but what was sent need not fail for that. */
const mayNotWait = (error: unknown, deliveries: readonly Delivery[]): error is PaperlessError =>
	error instanceof PaperlessError &&
	error.kind === 'forbidden' &&
	deliveries.every(({ order }) => openWork(order).length === 0);

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document',
	description: 'Send a file to be consumed, and wait until it is a document',
	access: 'write',
	parameters: uploadParameters,
	async executeAll(context, calls) {
		const atOnce = pLimit(uploadsAtOnce);
		const failures = new Map<number, Error>();
		const fail = (itemIndex: number, error: Error) => {
			if (!failures.has(itemIndex)) failures.set(itemIndex, error);
			return undefined;
		};

		const orders = await Promise.all(
			calls.map(
				async (call) =>
					await ordersFor(context, call).catch((error: Error) => fail(call.itemIndex, error)),
			),
		);
		const files = await Promise.all(
			orders
				.flatMap((order): Order[] => order ?? [])
				.map(
					async (order) =>
						await atOnce(async () => await hashed(context, order)).catch((error: Error) =>
							fail(order.itemIndex, error),
						),
				),
		);
		const deliveries = withTwins(files.filter((file) => file !== undefined));
		await Promise.all(
			deliveries.map(
				async (delivery) =>
					await atOnce(async () => await send(context, delivery)).catch((error: Error) =>
						fail(delivery.order.itemIndex, error),
					),
			),
		);

		let unwatched: string | null = null;
		await awaitConsumption(context, deliveries).catch((error: Error) => {
			if (mayNotWait(error, deliveries)) {
				unwatched = `How it went is not known. ${error.description}`;
				return;
			}
			for (const delivery of deliveries) {
				if (delivery.order.wait) fail(delivery.order.itemIndex, interrupted(delivery, error));
			}
		});
		await Promise.all(
			deliveries.map(
				async (delivery) =>
					await atOnce(async () => await finish(context, delivery)).catch((error: Error) =>
						fail(delivery.order.itemIndex, interrupted(delivery, error)),
					),
			),
		);

		const documents = await documentsOf(context, deliveries);
		return calls.map(({ itemIndex }): Outcome => {
			const own = deliveries.filter(({ order }) => order.itemIndex === itemIndex);
			const twins = own.flatMap(({ twin }) => (twin ? [twin.order.itemIndex] : []));
			const failure =
				[itemIndex, ...twins].map((index) => failures.get(index)).find((error) => error) ??
				own.map(refusal).find((error) => error !== undefined);
			return failure ?? own.map((delivery) => ({ json: report(delivery, documents, unwatched) }));
		});
	},
});
