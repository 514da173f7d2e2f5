import { PaperlessNgxTokenApi } from '../../credentials/PaperlessNgxTokenApi.credentials.ts';
import { PaperlessNgx } from '../../nodes/PaperlessNgx/PaperlessNgx.node.ts';
import { PaperlessNgxTrigger } from '../../nodes/PaperlessNgxTrigger/PaperlessNgxTrigger.node.ts';
import { PaperlessNgxWebhookTrigger } from '../../nodes/PaperlessNgxWebhookTrigger/PaperlessNgxWebhookTrigger.node.ts';

function labelsIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	const entries = Object.entries(value);
	const own = entries.flatMap(([key, text]) =>
		['displayName', 'name', 'placeholder'].includes(key) && typeof text === 'string' ? [text] : [],
	);
	return [...own, ...entries.flatMap(([, inner]) => labelsIn(inner))];
}

/** What the panels of the nodes and the credential call things. */
export const panelLabels: ReadonlySet<string> = new Set([
	...labelsIn(new PaperlessNgx().description),
	...labelsIn(new PaperlessNgxTrigger().description),
	...labelsIn(new PaperlessNgxWebhookTrigger().description),
	...labelsIn(new PaperlessNgxTokenApi()),
]);
