import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { PaperlessNgxTokenApi } from '../../credentials/PaperlessNgxTokenApi.credentials.ts';
import { PaperlessNgxTrigger } from '../../nodes/PaperlessNgxTrigger/PaperlessNgxTrigger.node.ts';
import { PollRunner } from './pollRunner.mts';

/** The polling trigger from its sources. */
export class PollingTrigger extends PollRunner {
	constructor(
		credentials: ICredentialDataDecryptedObject,
		parameters: INodeParameters,
		memory: IDataObject = {},
		nodeId?: string,
	) {
		const types = { node: new PaperlessNgxTrigger(), credential: new PaperlessNgxTokenApi() };
		super(types, credentials, parameters, memory, nodeId);
	}
}
