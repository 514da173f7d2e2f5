import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isRecord } from '../api/json';
import type { Workflow } from '../api/schemas/workflow';

/** By these headers a call proves that it comes from the server. */
export const secretHeader = 'X-Paperless-Ngx-Trigger-Secret';
export const testHeader = 'X-Paperless-Ngx-Trigger-Test';

export const newSecret = (): string => randomBytes(32).toString('hex');

/** What the workflow sends in this header; undefined where it has none. */
export const sentIn = (workflow: Workflow, header: string): unknown =>
	workflow.actions
		.map(({ webhook }) => webhook?.headers)
		.map((headers) =>
			isRecord(headers)
				? Object.entries(headers).find(([name]) => name === header)?.[1]
				: undefined,
		)
		.find((value) => value !== undefined);

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Takes the same time whatever is given, so that nothing is learned by trying. */
export const isSame = (given: unknown, secret: unknown): boolean =>
	typeof given === 'string' &&
	typeof secret === 'string' &&
	timingSafeEqual(digest(given), digest(secret));
