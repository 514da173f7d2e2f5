import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Stub } from './stub.mts';
import type { WebhookTrigger } from './webhookTrigger.mts';

/** Where n8n is called, as a process of its own that knows what was saved and nothing else. */
export class WebhookHost {
	/** What workflows were started with. */
	readonly started: INodeExecutionData[] = [];
	readonly statuses: Array<number | undefined> = [];
	/** The headers of the last call. */
	headers: Record<string, string> = {};
	private readonly stub: Stub;

	private constructor(stub: Stub) {
		this.stub = stub;
	}

	/** Each call is taken by the trigger that this returns. */
	static async start(trigger: (webhookUrl: string) => WebhookTrigger): Promise<WebhookHost> {
		const stub: Stub = await Stub.start(async ({ headers, body }) => {
			host.headers = headers;
			const call = JSON.parse(String(body)) as IDataObject;
			const { status = 200, items = [] } = await trigger(stub.url).call(call, headers);
			host.statuses.push(status);
			host.started.push(...items);
			return { status };
		});
		const host = new WebhookHost(stub);
		return host;
	}

	get url(): string {
		return this.stub.url;
	}

	async close(): Promise<void> {
		await this.stub.close();
	}
}
