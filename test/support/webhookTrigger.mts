import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { PaperlessNgxTokenApi } from '../../credentials/PaperlessNgxTokenApi.credentials.ts';
import { PaperlessNgxWebhookTrigger } from '../../nodes/PaperlessNgxWebhookTrigger/PaperlessNgxWebhookTrigger.node.ts';
import type { Place } from './webhookRunner.mts';
import { WebhookRunner } from './webhookRunner.mts';

/** The webhook trigger from its sources. */
export class WebhookTrigger extends WebhookRunner {
	constructor(
		credentials: ICredentialDataDecryptedObject,
		parameters: INodeParameters,
		place: Place = {},
	) {
		const types = {
			node: new PaperlessNgxWebhookTrigger(),
			credential: new PaperlessNgxTokenApi(),
		};
		super(types, credentials, parameters, place);
	}
}
