import { createServer } from 'node:net';

/** The first port that is free of those asked for; 0 stands for any. */
export async function freePort(...wanted: number[]): Promise<number> {
	for (const port of [...wanted, 0]) {
		const found = await tryPort(port);
		if (found !== undefined) return found;
	}
	throw new Error('No port is free on this machine.');
}

async function tryPort(port: number): Promise<number | undefined> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const found = typeof address === 'object' && address ? address.port : undefined;
			server.close(() => resolve(found));
		});
	});
}
