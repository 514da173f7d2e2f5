import { request } from 'node:http';
import { serve } from './worker.mts';

export type Answered = {
	status: number;
	/** Milliseconds */
	after: number;
};

/** One call over a connection of its own, as the server makes them. */
async function send(url: string, headers: Record<string, string>, body: string): Promise<Answered> {
	const since = performance.now();
	return await new Promise((resolve, reject) => {
		const options = { method: 'POST', agent: false, headers };
		request(url, options, (answer) => {
			answer.resume().once('end', () => {
				resolve({ status: answer.statusCode ?? 0, after: performance.now() - since });
			});
		})
			.once('error', reject)
			.end(body);
	});
}

const methods = {
	/** All at once. */
	burst: async (url: string, headers: Record<string, string>, bodies: string[]) =>
		await Promise.all(bodies.map(async (body) => await send(url, headers, body))),
};
export type Sender = typeof methods;
serve(methods);
