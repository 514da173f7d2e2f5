import { isRecord } from '../../../api/json';
import type { Json } from '../../../toolkit/operation';
import { rejectWorkflow } from './rejectWorkflow';

const mask = '********';

const masked = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(masked);
	return isRecord(value)
		? Object.fromEntries(Object.keys(value).map((key) => [key, mask]))
		: value && mask;
};

/** What nobody should read in a list of executions: the headers of a webhook, and passwords of PDFs. */
export function concealPart(part: Json): Json {
	const { webhook, passwords } = part;
	return {
		...part,
		...(isRecord(webhook) && { webhook: { ...webhook, headers: masked(webhook.headers ?? null) } }),
		...(passwords !== undefined && { passwords: masked(passwords) }),
	};
}

const isMasked = (value: unknown): boolean =>
	value === mask ||
	(Array.isArray(value) && value.some(isMasked)) ||
	(isRecord(value) && Object.values(value).some(isMasked));

const missingSecret = (what: string) =>
	rejectWorkflow(
		`The workflow has ${what} in place of which there are asterisks`,
		'Add the option “Show Secrets” to the node that reads the workflow, or write the value.',
	);

function revealed(what: string, value: unknown, stored: unknown): unknown {
	if (!isMasked(value)) return value;
	if (value === mask) {
		if (stored === undefined || stored === null) throw missingSecret(what);
		return stored;
	}
	if (Array.isArray(value)) {
		const before: unknown[] = Array.isArray(stored) ? stored : [];
		return value.map((one, at) => revealed(what, one, before[at]));
	}
	if (!isRecord(value)) return value;
	const before = isRecord(stored) ? stored : {};
	return Object.fromEntries(
		Object.entries(value).map(([key, one]) => [key, revealed(what, one, before[key])]),
	);
}

/** Puts the stored secrets in the place of asterisks. Throws an error where there are none. */
export function revealPart(part: Json, stored: Json = {}): Json {
	const { webhook, passwords } = part;
	const before = isRecord(stored.webhook) ? stored.webhook : {};
	return {
		...part,
		...(isRecord(webhook) &&
			'headers' in webhook && {
				webhook: { ...webhook, headers: revealed('a header', webhook.headers, before.headers) },
			}),
		...(passwords !== undefined && {
			passwords: revealed('a password', passwords, stored.passwords),
		}),
	};
}
