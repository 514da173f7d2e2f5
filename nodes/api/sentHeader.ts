import { isRecord } from './json';
import type { Workflow } from './schemas/workflow';

/** The headers by which a call proves to a Webhook Trigger of n8n that it comes from the server. */
export const secretHeader = 'X-Paperless-Ngx-Trigger-Secret';
export const testHeader = 'X-Paperless-Ngx-Trigger-Test';

/** The value that the webhook of a workflow sends in this header; undefined if it sends none. */
export const sentHeader = (workflow: Pick<Workflow, 'actions'>, header: string): unknown =>
	workflow.actions
		.map(({ webhook }) => webhook?.headers)
		.map((headers) => (isRecord(headers) ? headers[header] : undefined))
		.find((value) => value !== undefined);
