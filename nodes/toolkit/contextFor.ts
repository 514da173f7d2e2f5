import type { ICredentialDataDecryptedObject, IExecuteFunctions, INode } from 'n8n-workflow';
import type { Wait } from '../api/connection';
import { PaperlessError } from '../api/errors';
import { NameDirectory } from '../api/nameDirectory';
import { normalizeBaseUrl } from '../api/normalizeBaseUrl';
import type { PaperlessClient } from '../api/paperlessClient';
import { paperlessClient } from '../api/paperlessClient';
import { clock } from './clock';
import type { Files } from './files';
import { isTool } from './isTool';
import { N8nTransport } from './n8nTransport';
import type { Context } from './operation';

type Node = {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
	getNode(): INode;
	getTimezone(): string;
};

/** The address at which people open Paperless-ngx: the public URL of the credential or its base URL. */
function webUrlFrom(
	{ publicUrl }: ICredentialDataDecryptedObject,
	{ baseUrl }: PaperlessClient,
): string {
	const text = String(publicUrl ?? '').trim();
	return text === '' ? baseUrl : normalizeBaseUrl(text);
}

const noInput = async () => {
	throw new PaperlessError('invalid', 'A trigger has no input to read files from');
};

/** The files of a node without input items. */
export const outputFiles = (store: Files['store']): Files => ({
	names: () => [],
	read: noInput,
	store,
});

type Host = {
	files: Files;
	/** Whether the execution was canceled. */
	canceled?: () => boolean;
	wait?: Wait;
};

/** Creates the context of an operation or a trigger, the same for all of its items. */
export function contextFor(
	node: Node,
	credentials: ICredentialDataDecryptedObject,
	{ files, canceled = () => false, wait = clock.pause }: Host,
): Context {
	const api = paperlessClient(new N8nTransport(node, credentials, canceled), wait);
	return {
		api,
		names: new NameDirectory(api),
		files,
		webUrl: webUrlFrom(credentials, api),
		now: clock.now,
		timeZone: node.getTimezone(),
		forModel: isTool(node.getNode()),
	};
}
