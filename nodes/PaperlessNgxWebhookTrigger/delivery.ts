import pLimit from 'p-limit';
import { z } from 'zod';
import type { Document } from '../api/schemas/document';
import { withFile } from '../documents/output/withFile';
import { eventId } from '../events/events';
import { microsecondsOf } from '../events/instants';
import { isTestFile } from '../events/testFile';
import type { Output } from '../toolkit/operation';
import type { Call } from '../toolkit/runWebhook';
import { lookAfterWorkflow } from './drift';
import type { Found } from './lookup';
import { lookUp } from './lookup';
import type { WebhookTriggerParameters, WebhookTriggerValues } from './parameters';
import { Reported } from './reported';
import { registrationOf } from './own';
import { isSame, secretHeader } from './secret';
import { takeTest } from './testDelivery';

type Delivery = Call<WebhookTriggerParameters>;

/** The server calls from within the work on a document, which may be seen a little later. */
const pauses = [200, 400, 800, 1600, 3000, 6000, 12_000];

/** A burst of documents should not become one of downloads. */
const downloads = pLimit(4);

const isFromServer = (call: Delivery): boolean =>
	isSame(call.headers[secretHeader.toLowerCase()], registrationOf(call)?.secret);

/** What the server sends when it begins with a file: its temporary path, and the moment. */
const filePayload = z.object({ doc_title: z.string().min(1), added: z.string().min(1) });

/** Before 3.0 the id is only in the address; without PAPERLESS_URL that begins with “None”. */
const documentPayload = z
	.object({ doc_id: z.string().optional(), doc_url: z.string().optional() })
	.transform(({ doc_id: id = '', doc_url: url = '' }) =>
		Number(/^\d+$/.test(id) ? id : /\/documents\/(\d+)\/?$/.exec(url)?.[1]),
	)
	.pipe(z.number().int().positive());

/** What a delivery is about, or nothing where its body is none of the server's. */
type Subject = { file: string; added: string } | { document: number };

export function subjectOf(
	event: WebhookTriggerValues['event'],
	body: unknown,
): Subject | undefined {
	if (event === 'consumptionStarted') {
		const { data } = filePayload.safeParse(body);
		return data && { file: data.doc_title.split('/').at(-1) ?? '', added: data.added };
	}
	const { data } = documentPayload.safeParse(body);
	return data === undefined ? undefined : { document: data };
}

async function whenVisible(call: Delivery, id: number): Promise<Found | undefined> {
	for (const pause of [...pauses, 0]) {
		const found = await lookUp(call, id);
		if (found || pause === 0) return found;
		await call.context.api.wait(pause);
	}
	return undefined;
}

/** The server looks once an hour, so a document is reported once an hour at most. */
const hourOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 13);

function documentEventId({ context, values }: Delivery, { id, modified }: Document): string {
	const { event } = values;
	return event === 'documentAdded' || event === 'documentUpdated'
		? eventId(event, id, microsecondsOf(String(modified)))
		: `${event}:${id}:${hourOf(context.now())}`;
}

async function documentItem(call: Delivery, id: number, reported: Reported): Promise<Output[]> {
	const { context, values } = call;
	const found = await whenVisible(call, id);
	if (found === undefined) {
		call.warn(
			`Paperless-ngx reports document ${id}, which the token’s user does not see; the workflow was not started.`,
		);
		return [];
	}
	const event_id = documentEventId(call, found.document);
	return await reported.once(event_id, async () => {
		const json = { event: values.event, event_id, ...found.shown };
		const { download } = values;
		if (download === 'none') return [{ json }];
		return [await downloads(async () => await withFile(context, id, download, json))];
	});
}

async function fileItem(
	{ values: { event } }: Delivery,
	{ file, added }: { file: string; added: string },
	reported: Reported,
): Promise<Output[]> {
	if (isTestFile(file)) return [];
	const event_id = `${event}:${file}:${added}`;
	const json = { event, event_id, file_name: file, started: added };
	return await reported.once(event_id, async () => await Promise.resolve([{ json }]));
}

/**
 * One delivery. The server waits 5 s and does not repeat what it waited for in vain, so the answer
 * comes before the work.
 */
export async function deliver(call: Delivery): Promise<Output[]> {
	if (!isFromServer(call)) {
		if (await takeTest(call)) return [];
		call.answer(401, 'The secret is missing or wrong');
		return [];
	}
	const subject = subjectOf(call.values.event, call.body);
	if (subject === undefined) {
		call.answer(400, 'The body is not what this trigger asked for');
		await lookAfterWorkflow(call);
		return [];
	}
	call.answer(200, 'Received');
	const reported = new Reported(call);
	return 'document' in subject
		? await documentItem(call, subject.document, reported)
		: await fileItem(call, subject, reported);
}
