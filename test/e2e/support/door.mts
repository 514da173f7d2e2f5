import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const drainMs = 2000;

/** The way of n8n to a server: shut, it refuses connections as a server does that was stopped. */
export class Door {
	readonly url: string;
	private readonly port: number;
	private readonly server: Server;
	private readonly sockets = new Set<Socket>();

	private constructor(server: Server, { hostname, port, pathname }: URL) {
		this.server = server;
		this.port = (server.address() as AddressInfo).port;
		this.url = `http://127.0.0.1:${this.port}${pathname}`;
		server.on('connection', (visitor) => {
			this.pass(visitor, connect(Number(port || 80), hostname));
		});
	}

	static async to(url: string): Promise<Door> {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new Door(server, new URL(url));
	}

	async shut(): Promise<void> {
		if (!this.server.listening) return;
		const closed = once(this.server, 'close');
		this.server.close();
		// What has been asked already is still answered.
		const isOver = await Promise.race([closed.then(() => true), pause(drainMs, false)]);
		if (isOver) return;
		for (const socket of this.sockets) socket.destroy();
		await closed;
	}

	async open(): Promise<void> {
		this.server.listen(this.port, '127.0.0.1');
		await once(this.server, 'listening');
	}

	private pass(visitor: Socket, host: Socket): void {
		for (const [socket, other] of [
			[visitor, host],
			[host, visitor],
		] as const) {
			this.sockets.add(socket);
			socket.pipe(other);
			socket.on('error', () => other.destroy());
			socket.on('close', () => this.sockets.delete(socket));
		}
	}
}
