import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import { paperlessClient } from '../api/paperlessClient';
import { clock } from './clock';
import type { HttpFailure, HttpReply, HttpRequest, HttpTransport } from '../api/httpTransport';
import { asFailure, connectionSettings } from './n8nTransport';

type Answer = { statusCode: number; headers: Record<string, unknown>; body: unknown };

/** People paste the token with the scheme in front of it; the credential's own header does the same. */
const bareToken = (token: unknown) =>
	String(token ?? '')
		.trim()
		.replace(/^Token(\s+|$)/i, '');

/** Credential tests are given an older helper than nodes are, so they bring a transport of their own. */
function testTransport(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
): HttpTransport {
	const { baseUrl, headers, ignoreSslIssues, tls } = connectionSettings(credentials);
	return {
		baseUrl,
		async request({
			method,
			path,
			headers: own,
		}: HttpRequest): Promise<HttpReply<string> | HttpFailure> {
			try {
				const answer = (await context.helpers.request({
					method,
					uri: `${baseUrl}/${path}`,
					headers: {
						...headers,
						...own,
						Authorization: `Token ${bareToken(credentials.apiToken)}`,
					},
					resolveWithFullResponse: true,
					simple: false,
					followRedirect: false,
					rejectUnauthorized: !ignoreSslIssues,
					agentOptions: tls,
					timeout: 20_000,
				})) as Answer;
				const entries = Object.entries({ ...answer.headers });
				return {
					status: answer.statusCode,
					headers: Object.fromEntries(
						entries.map(([name, value]) => [name.toLowerCase(), String(value)]),
					),
					body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? ''),
				};
			} catch (thrown) {
				return asFailure(thrown, false);
			}
		},
		async open() {
			return { failure: 'other', detail: 'A credential test reads no files' };
		},
	};
}

/** Says whether the server can be used, or in which way not and what to do about it. */
export async function testCredential(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	try {
		if (bareToken(credentials.apiToken) === '') {
			return {
				status: 'Error',
				message:
					'The API Token is empty. Copy it in Paperless-ngx: user menu → My Profile → API Auth Token.',
			};
		}
		const client = paperlessClient(testTransport(context, credentials), clock.pause);
		const { version } = await client.check();
		return { status: 'OK', message: `Connected to Paperless-ngx ${version}` };
	} catch (error) {
		const said =
			error instanceof PaperlessError ? [error.message, error.description] : [String(error)];
		return { status: 'Error', message: said.filter(Boolean).join('. ').replace(/\.\.+/g, '.') };
	}
}

/** For every node that takes the credential: n8n asks any of them to test it. */
export const credentialTest = {
	async testConnection(
		this: ICredentialTestFunctions,
		{ data = {} }: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, data);
	},
};
