import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { serve } from './worker.mts';

const counts = { sent: 0, received: 0 };

/** Passes bytes on unread, so the counts include headers and everything else on the line. */
async function start(target: string): Promise<string> {
	const { hostname, port } = new URL(target);
	const server = createServer({ noDelay: true }, (client) => {
		const upstream = connect({ host: hostname, port: Number(port), noDelay: true });
		client.on('data', ({ length }) => (counts.sent += length)).pipe(upstream);
		upstream.on('data', ({ length }) => (counts.received += length)).pipe(client);
		// A closed side may have bytes on their way to the other side, which `end` still delivers.
		client.on('error', () => upstream.destroy()).on('close', () => upstream.end());
		upstream.on('error', () => client.destroy()).on('close', () => client.end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const methods = {
	start,
	counts: () => counts,
	forget: () => {
		Object.assign(counts, { sent: 0, received: 0 });
	},
};
export type Proxy = typeof methods;
serve(methods);
