import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';

export type Heard = {
	method: string;
	path: string;
	headers: Record<string, string>;
	body: Uint8Array;
};
export type Response = ServerResponse;

export type Answer = {
	status: number;
	headers?: Record<string, string>;
	/** A function writes the body itself, and ends it or not. */
	body?: string | Uint8Array | ((response: Response) => void);
};

type Tls = { cert: string; key: string };

const headersOf = ({ headers }: Pick<IncomingMessage, 'headers'>): Record<string, string> =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** A little server beside the sandbox: a proxy, a login host, a stranger. It remembers what it hears. */
export class Stub {
	readonly url: string;
	readonly heard: Heard[];
	readonly close: () => Promise<void>;

	private constructor(url: string, heard: Heard[], close: () => Promise<void>) {
		this.url = url;
		this.heard = heard;
		this.close = close;
	}

	static async start(answer: (heard: Heard) => Answer | Promise<Answer>, tls?: Tls): Promise<Stub> {
		const heard: Heard[] = [];
		const listener: RequestListener = (incoming, response) => {
			const work = async () => {
				const { method = 'GET', url: path = '/' } = incoming;
				const one = { method, path, headers: headersOf(incoming), body: await buffer(incoming) };
				heard.push(one);
				const { status, headers = {}, body = '' } = await answer(one);
				response.writeHead(status, headers);
				if (typeof body === 'function') body(response);
				else response.end(body);
			};
			work().catch(() => response.destroy());
		};
		const server = tls ? createTlsServer(tls, listener) : createServer(listener);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		const { port } = server.address() as AddressInfo;
		return new Stub(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`, heard, async () => {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		});
	}

	/** Passes requests below the prefix on to another server, as a reverse proxy does. */
	static async proxy(
		target: string,
		{
			prefix = '',
			tls,
			before,
		}: { prefix?: string; tls?: Tls; before?: (heard: Heard) => void | Promise<void> },
	) {
		return await Stub.start(async (heard) => {
			const { method, path, headers, body } = heard;
			await before?.(heard);
			if (!path.startsWith(prefix)) return { status: 404, body: '<html>404 Not Found</html>' };
			const own = ['host', 'connection', 'content-length'];
			const passed = Object.entries(headers).filter(([name]) => !own.includes(name));
			const reply = await request(target + path.slice(prefix.length), {
				method: method as 'GET',
				headers: Object.fromEntries(passed),
				reset: true,
				...(body.length > 0 && { body }),
			});
			return {
				status: reply.statusCode,
				headers: headersOf(reply),
				body: await reply.body.bytes(),
			};
		}, tls);
	}

	/** The address of a port where nobody listens. */
	static async nobody(): Promise<string> {
		const stub = await Stub.start(() => ({ status: 200 }));
		await stub.close();
		return stub.url;
	}
}
