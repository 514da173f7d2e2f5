import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelRequest {
	messages: Array<{ role: string; content: string | null }>;
	tools: Array<{ function: { name: string; description: string; parameters: unknown } }>;
}

/** Words that end the conversation, or a tool to use and what to give it. */
export type Turn = string | { tool: string; with: Record<string, unknown> };

/** Decides by what the tools have answered so far, the latest last. */
export type Script = (answers: string[]) => Turn;

/** A chat model that speaks OpenAI's language and does what its script says, one turn a request. */
export class ScriptedModel {
	readonly requests: ModelRequest[] = [];
	private readonly server: Server;
	private readonly script: Script[];

	private constructor(script: Script[]) {
		this.script = script;
		this.server = createServer((request, response) => void this.serve(request, response));
	}

	static async start(...script: Script[]): Promise<ScriptedModel> {
		const model = new ScriptedModel(script);
		model.server.listen(0, '127.0.0.1');
		await once(model.server, 'listening');
		return model;
	}

	/** What n8n's OpenAI credential is filled in with. */
	get account(): Record<string, unknown> {
		const { port } = this.server.address() as AddressInfo;
		return { apiKey: 'any', url: `http://127.0.0.1:${port}/v1` };
	}

	/** What the tools told the model, in the order of its calls. */
	get answers(): string[] {
		return answersIn(this.requests.at(-1));
	}

	close(): void {
		this.server.close();
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ModelRequest;
		const turn = this.script[this.requests.length]?.(answersIn(asked)) ?? 'The script is over.';
		this.requests.push(asked);
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(completion(turn, `call_${this.requests.length}`)));
	}
}

function answersIn(request: ModelRequest | undefined): string[] {
	return (request?.messages ?? [])
		.filter(({ role }) => role === 'tool')
		.map(({ content }) => content ?? '');
}

function completion(turn: Turn, id: string): object {
	const message =
		typeof turn === 'string'
			? { role: 'assistant', content: turn }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							id,
							type: 'function',
							function: { name: turn.tool, arguments: JSON.stringify(turn.with) },
						},
					],
				};
	return {
		id: 'completion',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{ index: 0, message, finish_reason: typeof turn === 'string' ? 'stop' : 'tool_calls' },
		],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}
