import { whether, optionsParameter } from '../../../toolkit/parameterBuilders';

export const secretsParameter = optionsParameter([
	whether(
		'Show Secrets',
		'showSecrets',
		'to return the headers of webhooks and the passwords of PDFs, which n8n then stores with the execution; Create needs them',
	),
]);
