import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authorizeRequest } from '../nodes/toolkit/authorizeRequest';

/** A constant, because n8n's lint rule for title case would capitalize the “ngx”. */
const productName = 'Paperless-ngx';

/** The nodes test it, because their test distinguishes the possible causes of a bad connection. */
export class PaperlessNgxTokenApi implements ICredentialType {
	name = 'paperlessNgxTokenApi';

	displayName = `${productName} API`;

	icon: Icon = {
		light: 'file:../icons/paperlessNgx.svg',
		dark: 'file:../icons/paperlessNgx.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-paperless-ngx/n8n-nodes-paperless-ngx#connect';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://paperless.example.com',
			description:
				'The address at which you open Paperless-ngx in the browser, including a sub-path',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In Paperless-ngx: user menu → My Profile → API Auth Token',
		},
		{
			displayName: 'Read Only',
			name: 'readOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether nodes with this credential reject every operation that changes the archive, e.g. for AI agents',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if SSL certificate validation is not possible',
		},
		{
			displayName: 'CA Certificate',
			name: 'caCertificate',
			type: 'string',
			typeOptions: { rows: 4, password: true },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description: 'Certificate (PEM) of the authority that signed the server’s certificate',
		},
		{
			displayName: 'Client Certificate',
			name: 'clientCertificate',
			type: 'string',
			typeOptions: { rows: 4, password: true },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description: 'Certificate (PEM) that a proxy in front of the server requires',
		},
		{
			displayName: 'Client Key',
			name: 'clientPrivateKey',
			type: 'string',
			typeOptions: { rows: 4, password: true },
			default: '',
			placeholder: 'e.g. -----BEGIN PRIVATE KEY-----',
			description: 'Private key (PEM) of the client certificate',
		},
		{
			displayName: 'Custom Headers',
			name: 'secretHeaders',
			type: 'string',
			typeOptions: { rows: 3, password: true },
			default: '',
			placeholder: 'e.g. CF-Access-Client-Id: 1234.access',
			description:
				'Headers that a proxy in front of the server requires, one per line as “Name: value” (Cloudflare Access, Authelia, Pangolin …)',
		},
		{
			displayName: 'Public URL',
			name: 'publicUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://paperless.example.com',
			description: 'Address for links to documents, if it differs from the Base URL',
		},
	];

	/** From 2.41 on, n8n gives the credential to no other node (docs/n8n.md#credentials-of-nodes). */
	restrictToSupportedNodes = true as const;

	/** n8n evaluates an expression too late for a long poll (docs/n8n.md#expressions-after-a-wait). */
	authenticate = authorizeRequest;
}
