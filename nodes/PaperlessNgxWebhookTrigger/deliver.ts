import { atMost } from '../api/atMost';
import type { Document } from '../api/schemas/document';
import { secretHeader } from '../api/sentHeader';
import { until } from '../api/until';
import { withFile } from '../documents/output/withFile';
import { eventId } from '../events/events';
import { microsecondsOf } from '../events/stamps';
import { isTestFile } from '../events/testFile';
import type { Output } from '../toolkit/operation';
import { noSecret } from '../toolkit/webhookHost';
import { deliverySubject } from './deliverySubject';
import { isOwnUpdate } from './isOwnUpdate';
import { lookUpDespiteOutage } from './lookUpDespiteOutage';
import { repairWorkflow } from './repairWorkflow';
import { ReportedEvents } from './reportedEvents';
import { renewRegistration } from './renewRegistration';
import { isSameSecret, secretOf } from './secret';
import { takeTestDelivery } from './testDelivery';
import type { WebhookTriggerCall } from './webhookTriggerParameters';

/** Milliseconds. The server calls while it still works on a document, which is visible later. */
const visibility = { first: 200, longest: 12_000, growth: 2, timeout: 24_000 };

/** A burst of documents must not become a burst of downloads. */
const downloads = atMost(4);

const secretIn = ({ headers }: WebhookTriggerCall): unknown => headers[secretHeader.toLowerCase()];

const isFromServer = (call: WebhookTriggerCall): boolean =>
	call.origin === 'server' || isSameSecret(secretIn(call), secretOf(call));

/** The server checks schedules once per hour, so a document is reported at most once per hour. */
const hourOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 13);

function documentEventId(
	{ context, values: { event } }: WebhookTriggerCall,
	{ id, modified }: Document,
): string {
	return event === 'documentAdded' || event === 'documentUpdated'
		? eventId(event, id, microsecondsOf(String(modified)))
		: `${event}:${id}:${hourOf(context.now())}`;
}

async function documentItem(
	call: WebhookTriggerCall,
	id: number,
	reported: ReportedEvents,
): Promise<Output[]> {
	const { context, values } = call;
	const { api, now } = context;
	let isKnown = false;
	const look = async () => {
		const document = await lookUpDespiteOutage(call, id);
		isKnown = document !== undefined && reported.has(documentEventId(call, document.document));
		// The server may call before it saves (docs/paperless-api.md#webhook-delivery).
		return isKnown && values.event === 'documentUpdated' ? undefined : document;
	};
	const found = await until({ wait: api.wait, now }, look, visibility);
	if (found === undefined) {
		call.warn(
			isKnown
				? `Paperless-ngx reported document ${id} again, which did not change since its last event; the workflow was not started.`
				: `Paperless-ngx reported document ${id}, which is not visible to the token’s user; the workflow was not started.`,
		);
		return [];
	}
	const event_id = documentEventId(call, found.document);
	return await reported.once(event_id, async () => {
		if (await isOwnUpdate(call, found.document)) return [];
		const json = { event: values.event, event_id, ...found.json };
		const { download } = values;
		if (download === 'none') return [{ json }];
		return [await downloads(() => withFile(context, id, download, json))];
	});
}

async function fileItem(
	{ values: { event } }: WebhookTriggerCall,
	{ file, added }: { file: string; added: string },
	reported: ReportedEvents,
): Promise<Output[]> {
	if (isTestFile(file)) return [];
	const event_id = `${event}:${file}:${added}`;
	const json = { event, event_id, file_name: file, started: added };
	return await reported.once(event_id, () => Promise.resolve([{ json }]));
}

/**
 * Processes one delivery. The server waits 5 s and does not repeat a call that timed out, so the
 * answer comes before the work.
 */
export async function deliver(call: WebhookTriggerCall): Promise<Output[]> {
	if (!isFromServer(call)) {
		if (await takeTestDelivery(call)) return [];
		call.answer(401, noSecret);
		return [];
	}
	const subject = deliverySubject(call.values.event, call.body);
	if (subject === undefined) {
		call.answer(400, 'The body is not what this trigger requested');
		await repairWorkflow(call);
		return [];
	}
	call.answer(200, 'Received');
	await renewRegistration(call, secretIn(call));
	const reported = new ReportedEvents(call);
	return 'document' in subject
		? await documentItem(call, subject.document, reported)
		: await fileItem(call, subject, reported);
}
