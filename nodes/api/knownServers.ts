import type { Server } from './server';

/** More than the credentials of one n8n; the bound keeps a process that lives for months small. */
const kept = 200;

/**
 * The servers that this process has seen, by the route that leads to them. The one that was used
 * least recently is forgotten first.
 */
export class KnownServers {
	private readonly servers = new Map<string, Server>();

	get size(): number {
		return this.servers.size;
	}

	get(route: string): Server | undefined {
		return this.servers.get(route);
	}

	set(route: string, server: Server): void {
		this.servers.delete(route);
		this.servers.set(route, server);
		const [oldest] = this.servers.keys();
		if (this.servers.size > kept && oldest !== undefined) this.servers.delete(oldest);
	}

	forget(route: string): void {
		this.servers.delete(route);
	}

	clear(): void {
		this.servers.clear();
	}
}
