import type { WebhookTriggerHost } from './webhookTriggerParameters';
import { maxLength } from '../api/triggerTypes';

/** Names the n8n workflow, shortened if needed, and ends with the key that makes the name unique. */
export function workflowName({ label, key }: WebhookTriggerHost, prefix: string): string {
	const suffix = ` (${key})`;
	return `${prefix}${label.slice(0, maxLength - prefix.length - suffix.length)}${suffix}`;
}
