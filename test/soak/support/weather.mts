import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

import type { Random } from '../../support/random.mts';

/** How often a request meets what, of a thousand. */
const oftenness = {
	clear: 760,
	slow: 60,
	drip: 30,
	refused: 50,
	lostRequest: 20,
	lostReply: 20,
	cutOff: 20,
	webPage: 15,
	wrongJson: 20,
	hugeBody: 5,
} as const;

type Kind = keyof typeof oftenness;

const refusals = [500, 502, 503, 504, 429] as const;
const wrongTexts = [
	'{"count": 1e12, "next": null, "results": null}',
	'{"count": 1000000000000, "results": [{"id": "=1"}]}',
	'[{"__proto__": {"id": 1}}]',
	'{"results": [',
	'null',
	'""',
] as const;
const chunk = Buffer.alloc(1024 ** 2, '[');
const hugeChunks = 400;
const dripPieces = 20;

const end = async (response: ServerResponse, status: number, type: string, text: string) => {
	response.writeHead(status, { 'content-type': type, 'retry-after': '1' });
	response.end(text);
};

/** A way to a server on which everything goes wrong now and then, the same for the same seed. */
export class Weather {
	readonly url: string;
	readonly met: Record<string, number> = {};
	private readonly server: Server;
	private readonly target: string;
	private readonly random: Random;
	private readonly longestMs: number;
	private isFine = true;

	private constructor(server: Server, target: string, random: Random, longestMs: number) {
		this.server = server;
		this.target = target;
		this.random = random;
		this.longestMs = longestMs;
		this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		server.on('request', (incoming, response) => {
			this.answer(incoming, response).catch(() => response.destroy());
		});
	}

	/** Fine at first. No reply is delayed by more than `longestMs`. */
	static async at(target: string, random: Random, longestMs: number): Promise<Weather> {
		const server = createServer();
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return new Weather(server, target, random, longestMs);
	}

	turn(weather: 'bad' | 'fine'): void {
		this.isFine = weather === 'fine';
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => {
			this.server.close(resolve);
		});
	}

	private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const kind: Kind = this.isFine ? 'clear' : this.random.weighted(oftenness);
		this.met[kind] = (this.met[kind] ?? 0) + 1;
		switch (kind) {
			case 'lostRequest':
				response.destroy();
				return;
			case 'refused':
				return await end(
					response,
					this.random.one(refusals) ?? 500,
					'text/html',
					'<h1>Not now</h1>',
				);
			case 'webPage':
				return await end(response, 200, 'text/html', '<!doctype html><h1>Sign in</h1>');
			case 'wrongJson':
				return await end(response, 200, 'application/json', this.random.one(wrongTexts) ?? 'null');
			case 'hugeBody':
				return await sendHuge(response);
			default:
				return await this.pass(kind, incoming, response);
		}
	}

	/** The server does what it is asked; only its reply meets the weather. */
	private async pass(
		kind: Kind,
		incoming: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const { method = 'GET', url = '/', headers } = incoming;
		const given = Object.entries(headers).filter(
			([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name),
		);
		const body = await buffer(incoming);
		const reply = await fetch(`${this.target}${url}`, {
			method,
			headers: given.map(([name, value]) => [name, String(value)] as [string, string]),
			redirect: 'manual',
			...(body.length > 0 && { body }),
		});
		const bytes = Buffer.from(await reply.arrayBuffer());
		if (kind === 'lostReply') {
			response.destroy();
			return;
		}
		if (kind === 'slow') await pause(this.random.next() * this.longestMs);
		const named = [...reply.headers].filter(
			([name]) => !['connection', 'content-encoding', 'transfer-encoding'].includes(name),
		);
		response.writeHead(reply.status, Object.fromEntries(named));
		if (kind === 'cutOff') {
			response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
			return;
		}
		if (kind === 'drip') await this.drip(response, bytes);
		else response.end(bytes);
	}

	private async drip(response: ServerResponse, bytes: Buffer): Promise<void> {
		const size = Math.max(1, Math.ceil(bytes.length / dripPieces));
		const breath = (this.random.next() * this.longestMs) / dripPieces;
		for (let sent = 0; sent < bytes.length && !response.destroyed; sent += size) {
			response.write(bytes.subarray(sent, sent + size));
			await pause(breath);
		}
		response.end();
	}
}

async function sendHuge(response: ServerResponse): Promise<void> {
	response.writeHead(200, { 'content-type': 'application/json' });
	for (let sent = 0; sent < hugeChunks && !response.destroyed; sent++) {
		if (response.write(chunk)) continue;
		await new Promise<void>((resolve) => {
			response.once('drain', resolve).once('close', resolve);
		});
	}
	response.end();
}
