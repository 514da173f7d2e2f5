import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { isPaperlessError } from '../api/errors';
import type { HttpFailure, HttpReply, HttpRequest, HttpTransport } from '../api/httpTransport';
import { paperlessClient } from '../api/paperlessClient';
import { asFailure } from './asFailure';
import { clock } from './clock';
import { bareToken, connectionSettings } from './connectionSettings';
import { plainMessage } from './plainMessage';
import { replyText } from './replyText';

type Destroyable = { destroy(reason: Error): void };

type Answer = { statusCode: number; headers: Record<string, unknown>; body: unknown };

/** n8n gives credential tests an older helper than nodes, so they need a separate transport. */
function testTransport(
	context: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
): HttpTransport {
	const { baseUrl, headers, fingerprint, ignoreSslIssues, secrets, tls } =
		connectionSettings(credentials);
	return {
		baseUrl,
		credential: fingerprint,
		secrets,
		async request({
			method,
			path,
			headers: requestHeaders,
		}: HttpRequest): Promise<HttpReply<string> | HttpFailure> {
			const ending = new AbortController();
			try {
				const answer = (await context.helpers.request({
					method,
					uri: `${baseUrl}/${path}`,
					headers: {
						...headers,
						...requestHeaders,
						Authorization: `Token ${bareToken(credentials.apiToken)}`,
					},
					resolveWithFullResponse: true,
					simple: false,
					followRedirect: false,
					rejectUnauthorized: !ignoreSslIssues,
					agentOptions: tls,
					useStream: true,
					timeout: 20_000,
				})) as Answer;
				const entries = Object.entries({ ...answer.headers });
				const { body } = answer;
				const end = (reason: Error) => {
					ending.abort(reason);
					(body as Partial<Destroyable> | undefined)?.destroy?.(reason);
				};
				return {
					status: answer.statusCode,
					headers: Object.fromEntries(
						entries.map(([name, value]) => [name.toLowerCase(), String(value)]),
					),
					body: await replyText(answer.statusCode, body ?? undefined, end),
				};
			} catch (thrown) {
				return asFailure(thrown, ending.signal);
			}
		},
		async open() {
			return { failure: 'other', detail: 'A credential test reads no files' };
		},
	};
}

/** Reports whether the server can be used or, where it cannot, the reason and how to go on. */
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
		const texts = isPaperlessError(error) ? [error.message, error.description] : [String(error)];
		const message = texts.filter(Boolean).join('. ').replace(/\.\.+/g, '.');
		return { status: 'Error', message: plainMessage(message) };
	}
}

/** Every node that takes the credential has this test, because n8n asks any of them. */
export const credentialTest = {
	async testConnection(
		this: ICredentialTestFunctions,
		{ data = {} }: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, data);
	},
};
