import { createHash } from 'node:crypto';
import { PaperlessError } from '../../../../api/errors';
import type { Consumption } from '../../../../api/schemas/task';
import type { InputFile } from '../../../../toolkit/files';
import type { Context } from '../../../../toolkit/operation';
import type { Order } from './planUploads';
import { openWork } from './planUploads';

/** What became of a file. */
export type Delivery = {
	order: Order;
	/** Of the file's bytes, in the server's algorithm. */
	hash: string;
	/** Missing where the file was not sent, because the archive has it. */
	taskId?: string;
	/** The delivery of the very same file in the same execution. */
	twin?: Delivery;
	consumption: Consumption;
};

const defaultTimeout = 600;

async function checksum(file: InputFile, algorithm: 'md5' | 'sha256'): Promise<string> {
	const hash = createHash(algorithm);
	for await (const chunk of file.open()) hash.update(chunk);
	return hash.digest('hex');
}

const duplicateOf = (order: Order, documentId: number | null): Consumption => ({
	status: 'duplicate',
	documentId,
	inTrash: false,
	reason: `“${order.file.fileName}” is already in the archive as document #${documentId}.`,
});

/** Deliveries in the order of the orders; the same file a second time waits for the first. */
export function withTwins(hashed: ReadonlyArray<{ order: Order; hash: string }>): Delivery[] {
	const first = new Map<string, Delivery>();
	return hashed.map(({ order, hash }) => {
		const twin = first.get(hash);
		const delivery: Delivery = {
			order,
			hash,
			consumption: { status: 'pending' },
			...(twin && { twin }),
		};
		if (!twin) first.set(hash, delivery);
		return delivery;
	});
}

export async function hashed(
	{ api }: Context,
	order: Order,
): Promise<{ order: Order; hash: string }> {
	return { order, hash: await checksum(order.file, await api.documents.checksumAlgorithm()) };
}

/**
 * Sends a file that the archive does not have. Its bytes are looked up first, because 3.x takes
 * them twice and 2.x says so only in a failed task (trap 23).
 */
export async function send({ api }: Context, delivery: Delivery): Promise<void> {
	const { order, hash, twin } = delivery;
	if (twin) return;
	const query = { checksum__iexact: hash, fields: 'id', ordering: 'id' };
	const [known] = await api.documents.list(query, { limit: 1 });
	if (known) delivery.consumption = duplicateOf(order, known.id);
	else
		delivery.taskId = await api.documents.upload({ ...order.file, field: 'document' }, order.draft);
}

/** Waits for what was sent, all of it together, and enters the outcomes. */
export async function awaitConsumption(
	{ api, now }: Context,
	deliveries: readonly Delivery[],
): Promise<void> {
	const waited = deliveries.filter(({ order, taskId }) => order.wait && taskId !== undefined);
	const seconds = Math.max(
		0,
		...waited.map(({ order }) => order.options.timeout ?? defaultTimeout),
	);
	const taskIds = waited.flatMap(({ taskId }) => taskId ?? []);
	const outcomes = await api.tasks.awaitAll(taskIds, { timeout: seconds * 1000, now });
	for (const delivery of waited) {
		delivery.consumption = outcomes.get(delivery.taskId ?? '') ?? delivery.consumption;
	}
	for (const delivery of deliveries) {
		const twin = delivery.twin?.consumption;
		if (twin?.status === 'created')
			delivery.consumption = duplicateOf(delivery.order, twin.documentId);
		else if (twin) delivery.consumption = twin;
	}
}

export const documentOf = ({ consumption }: Delivery): number | null =>
	'documentId' in consumption ? consumption.documentId : null;

/** Sets what the upload could not carry; on an existing document everything that was given. */
export async function finish({ api }: Context, delivery: Delivery): Promise<void> {
	const { order, consumption } = delivery;
	const { draft, afterwards } = order;
	const id = documentOf(delivery);
	const updates =
		consumption.status === 'duplicate' && order.options.onDuplicate === 'updateExisting';
	if (id === null || (consumption.status !== 'created' && !updates)) return;
	const { tags = [], custom_fields: fields = {}, ...given } = draft;
	const { custom_fields: instances = [], ...rest } = afterwards.changes;
	const later = Object.fromEntries(instances.map(({ field, value }) => [String(field), value]));
	const values = updates ? { ...fields, ...later } : later;
	const changes = updates ? { ...given, ...rest } : rest;
	if (Object.keys(changes).length > 0) await api.documents.update(id, changes);
	if (updates && tags.length > 0) {
		const parameters = { add_tags: tags, remove_tags: [] };
		await api.documents.bulkEdit([id], { method: 'modify_tags', parameters });
	}
	if (Object.keys(values).length > 0) {
		const parameters = { add_custom_fields: values, remove_custom_fields: [] };
		await api.documents.bulkEdit([id], { method: 'modify_custom_fields', parameters });
	}
	if (afterwards.note !== '') await api.notes.create(id, afterwards.note);
}

/** The user is told what was done before something came in between. */
export function interrupted({ order, taskId, ...delivery }: Delivery, error: Error): Error {
	if (!(error instanceof PaperlessError) || taskId === undefined) return error;
	const id = documentOf({ order, ...delivery });
	const open = openWork(order);
	return new PaperlessError(error.kind, error.message, {
		...error,
		description: [
			error.description,
			id === null
				? `“${order.file.fileName}” had been sent (task ${taskId}); how it went is not known.`
				: `“${order.file.fileName}” is document #${id}.`,
			open.length > 0 ? `Perhaps not set: ${open.join(', ')}.` : '',
		]
			.filter(Boolean)
			.join(' '),
	});
}

/** Why a delivery is not what the user asked for, if so. */
export function refusal(delivery: Delivery): PaperlessError | undefined {
	const { order, consumption } = delivery;
	const { onDuplicate = 'fail', onFailure = 'fail' } = order.options;
	const name = `“${order.file.fileName}”`;
	if (consumption.status === 'duplicate' && consumption.documentId === null) {
		if (onFailure === 'return') return undefined;
		const place = consumption.inTrash
			? 'in the trash of the archive'
			: 'in the archive, hidden from this user';
		return new PaperlessError('invalid', `${name} is already ${place}`, {
			description: `${consumption.reason} Restore it, or delete it permanently before you upload it again.`,
		});
	}
	if (consumption.status === 'duplicate' && onDuplicate === 'fail') {
		return new PaperlessError(
			'invalid',
			`${name} is already in the archive as document #${consumption.documentId}`,
			{
				description:
					'Under Options → On Duplicate you can have the existing document returned or updated instead.',
			},
		);
	}
	if (consumption.status === 'failed' && onFailure === 'fail') {
		return new PaperlessError('invalid', `Paperless-ngx could not consume ${name}`, {
			description: `${consumption.reason} Under Options → On Failure you can have this returned as data instead.`,
		});
	}
	return undefined;
}
