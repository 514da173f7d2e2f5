import type { Readable } from '../capabilities/readable';

export const workflows = {
	kind: 'workflow',
	noun: 'workflow',
	plural: 'workflows',
	picker: 'searchWorkflows',
	example: 'Sort invoices',
	collection: (api) => api.workflows,
} as const satisfies Readable<'workflow'>;

export const workflowParameter = {
	displayName: 'Workflow (JSON)',
	name: 'workflowJson',
	type: 'json',
	required: true,
	default: '{}',
	placeholder: 'e.g. {"name": "Sort invoices", "order": 2}',
	description:
		'In the shape that Get returns, with names in place of IDs, e.g. the whole item of a Get on another server',
} as const;
