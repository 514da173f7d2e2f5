import { whether } from '../../../toolkit/parameterBuilders';

export const secretsParameter = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		whether(
			'Show Secrets',
			'showSecrets',
			'to return the headers of webhooks and the passwords of PDFs, which n8n then stores with the execution; Create needs them',
		),
	],
} as const;
