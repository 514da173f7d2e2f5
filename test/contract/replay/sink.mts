import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { differences } from './compare.mts';
import type { Correspondence } from './correspondence.mts';

export interface Delivery {
	method: string;
	path: string;
	headers: [string, string][];
	json?: unknown;
	form?: [string, string][];
	parts?: { disposition: string; type: string | null; text?: string; sha256?: string }[];
	text?: string;
}

interface Received extends Pick<Delivery, 'method' | 'path' | 'headers'> {
	body: Buffer;
}

/** Recorded with a receiver that took longer than webhooks wait. */
export const unansweredPath = '/slow';

/** Receives webhooks and answers as the one of the recordings did. */
export async function openSink(): Promise<Sink> {
	const received: Received[] = [];
	const server = createServer((incoming, outgoing) => void take(received, incoming, outgoing));
	server.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

export interface Sink {
	url: string;
	received: Received[];
	close(): void;
}

async function take(
	received: Received[],
	incoming: IncomingMessage,
	outgoing: ServerResponse,
): Promise<void> {
	const { method = '', url: path = '', headers } = incoming;
	const body = await buffer(incoming);
	received.push({ method, path, headers: Object.entries(headers as Record<string, string>), body });
	if (path === '/drop') incoming.socket.destroy();
	if (path === unansweredPath) return;
	const [, status = '200'] = /^\/(\d{3})$/.exec(path) ?? [];
	outgoing.writeHead(Number(status), status === '302' ? { location: '/elsewhere' } : {}).end();
}

/** What says nothing: where it goes, and how long it is. */
const silent = ['host', 'content-length'];

const folder = /\/tmp\/paperless\/tmp\w{8}\//g;
const boundary = /boundary=\S+/;

export function compareDeliveries(
	recorded: Delivery,
	own: Received,
	pairs: Correspondence,
): string[] {
	const shown = (delivery: Pick<Delivery, 'method' | 'path' | 'headers'>): object => ({
		request: `${delivery.method} ${delivery.path}`,
		headers: Object.fromEntries(
			delivery.headers
				.filter(([name]) => !silent.includes(name))
				.map(([name, value]) => [name, value.replace(boundary, 'boundary')]),
		),
	});
	return [
		...differences(
			withoutClock({ ...shown(recorded), body: recordedBody(recorded) }),
			withoutClock({ ...shown(own), body: bodyLike(recorded, own.body) }),
			'',
			pairs,
		),
	];
}

function recordedBody({ json, form, parts, text }: Delivery): unknown {
	if (json !== undefined) return json;
	if (form) return Object.fromEntries(form);
	return (
		parts?.map(({ disposition, type, text: content, sha256 }) => ({
			disposition,
			type,
			content: content ?? sha256,
		})) ?? text
	);
}

/** A body read in the way in which the recorded one was. */
function bodyLike({ json, form, parts }: Delivery, body: Buffer): unknown {
	if (json !== undefined) return JSON.parse(body.toString());
	if (form) return Object.fromEntries(new URLSearchParams(body.toString()));
	return parts ? readParts(body) : body.toString();
}

function readParts(body: Buffer): unknown[] {
	const text = body.toString('latin1');
	const marker = text.slice(0, text.indexOf('\r\n'));
	return text
		.split(marker)
		.slice(1, -1)
		.map((part) => {
			const [head = '', ...rest] = part.trimStart().split('\r\n\r\n');
			const bytes = Buffer.from(rest.join('\r\n\r\n').slice(0, -2), 'latin1');
			const field = (name: string): string | undefined =>
				new RegExp(`^${name}: (.*)$`, 'im').exec(Buffer.from(head, 'latin1').toString())?.[1];
			const type = field('content-type') ?? null;
			const content = type ? createHash('sha256').update(bytes).digest('hex') : bytes.toString();
			return { disposition: field('content-disposition'), type, content };
		});
}

/** The recorded time of day is another one, and so is the folder that a file waits in. */
const withoutClock = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value).replace(folder, '/tmp/'), (name: string, item: unknown) =>
		name === 'added_time' ? 'time' : item,
	);
