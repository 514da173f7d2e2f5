import { asError } from '../../../../api/errors';
import type { Consumption } from '../../../../api/schemas/task';
import type { Context } from '../../../../toolkit/operation';
import type { Upload } from './uploadSender';
import { duplicateOf } from './uploadSender';

export const defaultTimeout = 600;

type Outcomes = ReadonlyMap<string, Consumption> | Error;

function consumed(upload: Upload, outcomes: Outcomes): Upload {
	if (!upload.wait || upload.taskId === null) return upload;
	return outcomes instanceof Error
		? { ...upload, interruption: outcomes }
		: { ...upload, consumption: outcomes.get(upload.taskId) ?? upload.consumption };
}

/** A file that a twin has made a document of is a duplicate of that document. */
function likeSender(upload: Upload, { consumption, interruption }: Upload): Upload {
	if (consumption.status === 'created')
		return { ...upload, consumption: duplicateOf(upload, consumption.documentId) };
	const isSeen = consumption.status === 'duplicate' && consumption.documentId !== null;
	return {
		...upload,
		consumption: isSeen ? duplicateOf(upload, consumption.documentId) : consumption,
		...(interruption && { interruption }),
	};
}

/** Waits for all uploads that are to be waited for together, until the longest timeout is over. */
export async function waitForConsumption(
	{ api, now }: Context,
	uploads: readonly Upload[],
): Promise<Upload[]> {
	const awaited = uploads.filter(({ wait, taskId }) => wait && taskId !== null);
	const taskIds = awaited.flatMap(({ taskId }) => taskId ?? []);
	const seconds = Math.max(0, ...awaited.map(({ options }) => options.timeout ?? defaultTimeout));
	const checksums = new Map(awaited.map(({ taskId, checksum }) => [taskId, checksum]));
	const findResult = async (taskId: string): Promise<Consumption | undefined> => {
		const query = { checksum__iexact: checksums.get(taskId) ?? '', fields: 'id', ordering: 'id' };
		const [found] = await api.documents.list(query, { limit: 1 });
		return found && { status: 'created', documentId: found.id, reason: '' };
	};
	const outcomes = await api.tasks
		.awaitAll(taskIds, { timeout: seconds * 1000, now, findResult })
		.catch(asError);
	const settled = uploads.map((upload) => consumed(upload, outcomes));
	const senders = new Map(
		settled.filter(({ twinOf }) => twinOf === undefined).map((upload) => [upload.hash, upload]),
	);
	return settled.map((upload) => {
		const sender = upload.twinOf === undefined ? undefined : senders.get(upload.hash);
		return sender ? likeSender(upload, sender) : upload;
	});
}
