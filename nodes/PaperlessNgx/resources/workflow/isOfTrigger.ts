import { PaperlessError } from '../../../api/errors';
import type { Workflow } from '../../../api/schemas/workflow';
import { secretHeader, sentHeader, testHeader } from '../../../api/sentHeader';
import { whether, optionsParameter } from '../../../toolkit/parameterBuilders';

/** Whether a Webhook Trigger of n8n has made this workflow. */
export const isOfTrigger = (workflow: Pick<Workflow, 'actions'>): boolean =>
	[secretHeader, testHeader].some((header) => sentHeader(workflow, header) !== undefined);

export const triggerOptions = optionsParameter([
	whether(
		'Include Workflows of n8n',
		'includeTriggers',
		'to change or delete even a workflow that a Webhook Trigger of n8n has made',
	),
]);

type Options = { includeTriggers?: boolean };

/** Throws where a workflow belongs to a Webhook Trigger of n8n and the user has not included those. */
export function requireOwn(workflow: Workflow, { includeTriggers = false }: Options): void {
	if (includeTriggers || !isOfTrigger(workflow)) return;
	throw new PaperlessError(
		'invalid',
		`The workflow “${workflow.name}” belongs to a Webhook Trigger of n8n`,
		{
			description:
				'Without it the trigger is no longer called. Unpublish the workflow in n8n, which removes it, or add the option “Include Workflows of n8n”.',
			parameter: 'options',
		},
	);
}
