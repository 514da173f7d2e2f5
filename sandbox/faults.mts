import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './http.mts';
import type { Misreading } from './misread.mts';

export type Fault = { method?: string; path?: string; times?: number } & (
	| { kind: 'latency'; ms: number }
	/** Waits until it is released. */
	| { kind: 'hold' }
	| {
			kind: 'status';
			status: number;
			headers?: Record<string, string>;
			body?: unknown;
			contentType?: string;
	  }
	| { kind: 'drop' }
	| { kind: 'dropAfter' }
	| { kind: 'truncate' }
	| { kind: 'html' }
	| { kind: 'loginRedirect'; host?: string }
	| { kind: 'wrongNext'; host: string }
	| ({ kind: 'misread' } & Misreading)
);

/** The result of applying the faults to a reply. */
export type Outcome = { reply: Reply; truncate?: boolean } | 'dropped';

export class Faults {
	#waiting: Fault[] = [];
	readonly #held = new Set<() => void>();

	add(faults: Fault[]): void {
		this.#waiting.push(...faults.map((fault) => ({ ...fault })));
	}

	clear(): void {
		this.#waiting = [];
		this.release();
	}

	get heldRequests(): number {
		return this.#held.size;
	}

	/** Lets the requests go on that are held, and holds no more. */
	release(): void {
		this.#waiting = this.#waiting.filter(({ kind }) => kind !== 'hold');
		for (const goOn of this.#held) goOn();
		this.#held.clear();
	}

	/** Takes the first matching fault of each kind and counts its use. */
	#take(method: string, path: string): Fault[] {
		const taken: Fault[] = [];
		for (const fault of this.#waiting) {
			const fits =
				(fault.method ?? method) === method &&
				new RegExp(fault.path ?? '').test(path) &&
				!taken.some(({ kind }) => kind === fault.kind);
			if (!fits) continue;
			taken.push(fault);
			fault.times = (fault.times ?? 1) - 1;
		}
		this.#waiting = this.#waiting.filter(({ times }) => times === undefined || times > 0);
		return taken;
	}

	/** `answer` is told what the server misreads. */
	async apply(
		method: string,
		path: string,
		answer: (misreadings: Misreading[]) => Promise<Reply>,
	): Promise<Outcome> {
		let reply: Reply | undefined;
		let truncate = false;
		const misreadings: Misreading[] = [];
		const handle = async () => await answer(misreadings);
		for (const fault of this.#take(method, path)) {
			switch (fault.kind) {
				case 'latency':
					await sleep(fault.ms);
					break;
				case 'hold':
					await new Promise<void>((resolve) => this.#held.add(resolve));
					break;
				case 'drop':
					return 'dropped';
				case 'dropAfter':
					await handle();
					return 'dropped';
				case 'status':
					reply ??= statusReply(fault);
					break;
				case 'html':
					reply ??= {
						status: 200,
						text: '<!doctype html><html><body><h1>Welcome to nginx!</h1></body></html>',
					};
					break;
				case 'loginRedirect':
					reply ??= {
						status: 302,
						text: '',
						headers: { location: `${fault.host ?? ''}/accounts/login/?next=${path}` },
					};
					break;
				case 'truncate':
					truncate = true;
					break;
				case 'misread':
					misreadings.push(fault);
					break;
				case 'wrongNext':
					reply ??= renamed(await handle(), fault.host);
					break;
			}
		}
		return { reply: reply ?? (await handle()), truncate };
	}
}

function statusReply({
	status,
	headers,
	body,
	contentType,
}: Extract<Fault, { kind: 'status' }>): Reply {
	const content =
		typeof body === 'string' || body === undefined ? { text: body ?? '' } : { json: body };
	return {
		status,
		...content,
		headers: { ...headers, ...(contentType && { 'content-type': contentType }) },
	};
}

/** Imitates a proxy that does not pass on the requested host name. */
function renamed(reply: Reply, host: string): Reply {
	const origin = host.includes('://') ? host : `http://${host}`;
	const rename = (link: unknown): unknown => {
		if (typeof link !== 'string') return link;
		const { pathname, search } = new URL(link);
		return `${origin}${pathname}${search}`;
	};
	const page = reply.json as { next?: unknown; previous?: unknown } | undefined;
	if (page?.next === undefined) return reply;
	return { ...reply, json: { ...page, next: rename(page.next), previous: rename(page.previous) } };
}
