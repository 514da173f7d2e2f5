import type { ICredentialDataDecryptedObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import { NameDirectory } from '../api/nameDirectory';
import { paperlessClient } from '../api/paperlessClient';
import { clock } from './clock';
import type { Files } from './files';
import { isTool } from './isTool';
import type { TransportOptions } from './n8nTransport';
import { N8nTransport } from './n8nTransport';
import type { Context } from './operation';
import { pauseUntil } from './pauseUntil';
import type { RequestOptions } from './requestOptions';

type Node = {
	helpers: Pick<IExecuteFunctions['helpers'], 'httpRequestWithAuthentication'>;
	getNode(): INode;
	getTimezone(): string;
};

const noInput = async () => {
	throw new PaperlessError('invalid', 'A trigger has no input to read files from');
};

/** The files of a node without input items. */
export const outputFiles = (store: Files['store']): Files => ({
	names: () => [],
	read: noInput,
	store,
});

type Host = Pick<TransportOptions, 'signal'> & { files: Files; options?: RequestOptions };

/** Creates the context of an operation or a trigger, the same for all of its items. */
export function contextFor(
	node: Node,
	credentials: ICredentialDataDecryptedObject,
	{ files, signal, options: { itemsAtOnce, timeout: seconds } = {} }: Host,
): Context {
	const timeout = seconds === undefined ? undefined : seconds * 1000;
	const transport = new N8nTransport(node, credentials, {
		signal,
		timeout,
		requestsAtOnce: itemsAtOnce,
	});
	const api = paperlessClient(transport, pauseUntil(signal));
	return {
		api,
		names: new NameDirectory(api),
		files,
		webUrl: api.webUrl,
		now: clock.now,
		timeZone: node.getTimezone(),
		itemsAtOnce,
		forModel: isTool(node.getNode()),
	};
}
