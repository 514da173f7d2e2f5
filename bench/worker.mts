import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

type Methods = Record<string, (...values: never[]) => unknown>;
type Question = { id: number; method: string; values: unknown[] };
type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };
type Answer = { id: number; result?: unknown; failure?: string };

/** Calls functions in a separate process, so that each side is measured alone. */
export class Worker<M extends Methods> {
	private readonly child: ChildProcess;
	private readonly waiting = new Map<number, Waiting>();
	private questions = 0;

	constructor(file: string, options: { execArgv?: string[]; env?: Record<string, string> } = {}) {
		this.child = fork(path.join(import.meta.dirname, file), {
			execArgv: options.execArgv ?? [],
			env: { ...process.env, NODE_OPTIONS: '', ...options.env },
			serialization: 'advanced',
		});
		this.child.on('message', ({ id, result, failure }: Answer) => {
			const caller = this.waiting.get(id);
			this.waiting.delete(id);
			if (failure === undefined) caller?.resolve(result);
			else caller?.reject(new Error(`${file}: ${failure}`));
		});
		this.child.once('exit', (code, signal) => {
			for (const { reject } of this.waiting.values()) {
				reject(new Error(`${file} ended with ${signal ?? `code ${code}`}`));
			}
		});
	}

	async call<N extends keyof M & string>(
		method: N,
		...values: Parameters<M[N]>
	): Promise<Awaited<ReturnType<M[N]>>> {
		const id = (this.questions += 1);
		const answer = new Promise<unknown>((resolve, reject) =>
			this.waiting.set(id, { resolve, reject }),
		);
		this.child.send({ id, method, values } satisfies Question);
		return (await answer) as Awaited<ReturnType<M[N]>>;
	}

	async stop(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.disconnect();
		await ended;
	}
}

/** Answers a `Worker` from inside its process, which ends when the starting process does. */
export function serve(methods: Methods): void {
	const answer = async ({ id, method, values }: Question): Promise<Answer> => {
		try {
			return { id, result: await methods[method]?.(...(values as never[])) };
		} catch (error) {
			return { id, failure: error instanceof Error ? String(error.stack) : String(error) };
		}
	};
	process.on('message', (question: Question) => {
		void answer(question).then((reply) => process.send?.(reply));
	});
	process.once('disconnect', () => process.exit(0));
}
