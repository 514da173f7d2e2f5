import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Stub } from './stub.mts';
import type { WebhookTrigger } from './webhookTrigger.mts';

/** A separate process of n8n that receives calls and knows only what was saved. */
export class WebhookProcess {
	/** The items that started workflows. */
	readonly started: INodeExecutionData[] = [];
	readonly statuses: Array<number | undefined> = [];
	/** The headers of the last call. */
	headers: Record<string, string> = {};
	private readonly stub: Stub;

	private constructor(stub: Stub) {
		this.stub = stub;
	}

	/** Each call goes to the trigger that this function returns. */
	static async start(trigger: (webhookUrl: string) => WebhookTrigger): Promise<WebhookProcess> {
		const stub: Stub = await Stub.start(async ({ headers, body }) => {
			n8n.headers = headers;
			const call = JSON.parse(String(body)) as IDataObject;
			const { status = 200, items = [] } = await trigger(stub.url).call(call, headers);
			n8n.statuses.push(status);
			n8n.started.push(...items);
			return { status };
		});
		const n8n = new WebhookProcess(stub);
		return n8n;
	}

	get url(): string {
		return this.stub.url;
	}

	async close(): Promise<void> {
		await this.stub.close();
	}
}
