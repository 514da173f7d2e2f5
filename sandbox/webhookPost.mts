import { request as overHttp } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Clock } from './clock.mts';

export interface PostalSettings {
	/** The delay before a webhook is sent. */
	deliverySeconds: number;
	/** The time limit for the receiver. */
	webhookSeconds: number;
	/** The longest delay before each retry of a rejected webhook. */
	retrySeconds: number[];
	/** The number of next webhooks that get lost. */
	loseDeliveries: number;
	/** The number of next webhooks that are sent twice. */
	repeatDeliveries: number;
}

interface Letter {
	url: string;
	headers: OutgoingHttpHeaders;
	body: Buffer;
}

/** Returns the status of the answer, or `undefined` without an answer. */
function send({ url, headers, body }: Letter, signal: AbortSignal): Promise<number | undefined> {
	return new Promise((resolve) => {
		const open = url.startsWith('https:') ? overHttps : overHttp;
		const outgoing = open(url, { method: 'POST', headers, signal, agent: false }, (incoming) => {
			incoming.resume();
			incoming.on('close', () => resolve(incoming.statusCode));
		});
		outgoing.on('error', () => resolve(undefined));
		outgoing.end(body);
	});
}

export interface Delivery {
	url: string;
	/** Null without an answer. */
	status: number | null;
}

/** Sends one webhook after the other. Retries wait without delaying the next webhooks. */
export class Postman {
	readonly deliveries: Delivery[] = [];
	readonly #clock: Clock;
	readonly #stopped = new AbortController();
	#first: Promise<unknown> = Promise.resolve();
	readonly #open = new Set<Promise<unknown>>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	post(letter: Letter, settings: PostalSettings): void {
		const copies = settings.loseDeliveries > 0 ? 0 : settings.repeatDeliveries > 0 ? 2 : 1;
		settings.loseDeliveries -= copies === 0 ? 1 : 0;
		settings.repeatDeliveries -= copies === 2 ? 1 : 0;
		for (let copy = 0; copy < copies; copy++) {
			this.#first = this.#keep(this.#first.then(() => this.#begin(letter, settings)));
		}
	}

	/** Resolves when all webhooks have been sent. */
	async idle(): Promise<void> {
		while (this.#open.size > 0) await Promise.all(this.#open);
	}

	stop(): void {
		this.#stopped.abort();
	}

	#keep(work: Promise<unknown>): Promise<unknown> {
		this.#open.add(work);
		return work.finally(() => this.#open.delete(work));
	}

	async #begin(letter: Letter, settings: PostalSettings): Promise<void> {
		await this.#wait(settings.deliverySeconds);
		if (await this.#attempt(letter, settings)) return;
		void this.#keep(this.#repeat(letter, settings));
	}

	/** Retries after an answer other than 2xx, but not after a missing answer. */
	async #repeat(letter: Letter, settings: PostalSettings): Promise<void> {
		for (const most of settings.retrySeconds) {
			await this.#wait(Math.random() * most);
			if (await this.#attempt(letter, settings)) return;
		}
	}

	/** Returns whether the delivery is finished. */
	async #attempt(letter: Letter, settings: PostalSettings): Promise<boolean> {
		if (this.#stopped.signal.aborted) return true;
		const limit = AbortSignal.timeout(settings.webhookSeconds * 1000);
		const signal = AbortSignal.any([limit, this.#stopped.signal]);
		const status = await send(letter, signal);
		this.deliveries.push({ url: letter.url, status: status ?? null });
		return status === undefined || (status >= 200 && status < 300);
	}

	async #wait(seconds: number): Promise<void> {
		await this.#clock.sleep(seconds, this.#stopped.signal);
	}
}
