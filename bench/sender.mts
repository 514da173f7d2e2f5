import { request } from 'node:http';
import { serve } from './worker.mts';

export type Answered = {
	status: number;
	/** Milliseconds from the call to the end of the answer. */
	duration: number;
};

/** Makes one call over a separate connection, as the server does. */
async function send(url: string, headers: Record<string, string>, body: string): Promise<Answered> {
	const start = performance.now();
	return await new Promise((resolve, reject) => {
		const options = { method: 'POST', agent: false, headers };
		request(url, options, (answer) => {
			answer.resume().once('end', () => {
				resolve({ status: answer.statusCode ?? 0, duration: performance.now() - start });
			});
		})
			.once('error', reject)
			.end(body);
	});
}

const methods = {
	burst: (url: string, headers: Record<string, string>, bodies: string[]) =>
		Promise.all(bodies.map((body) => send(url, headers, body))),
};
export type Sender = typeof methods;
serve(methods);
