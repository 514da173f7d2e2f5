import { firstCharacters } from '../api/firstCharacters';
import type { WebhookTriggerHost } from './webhookTriggerParameters';
import { maxLength } from '../api/triggerTypes';

const prefixes = { events: 'n8n: ', test: 'n8n test delivery: ' };

/** Names the n8n workflow, shortened if needed, and ends with the key that makes the name unique. */
export function workflowName(
	{ label, key }: WebhookTriggerHost,
	purpose: keyof typeof prefixes,
): string {
	const prefix = prefixes[purpose];
	const suffix = ` (${key})`;
	return `${prefix}${firstCharacters(label, maxLength - prefix.length - suffix.length)}${suffix}`;
}
