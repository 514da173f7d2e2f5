import { createHash, timingSafeEqual } from 'node:crypto';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

type Signer = Pick<WebhookTriggerHost, 'callback' | 'key' | 'sign'>;

/**
 * The secret of a node at its address. It follows from the token, so that n8n stores nothing that
 * anybody could use, every process of n8n knows it, and a new token renews it.
 */
export const secretOf = ({ callback, key, sign }: Signer): string =>
	sign(JSON.stringify(['secret', key, callback]));

/** The secret of the test deliveries of a node. */
export const testSecretOf = ({ callback, key, sign }: Signer): string =>
	sign(JSON.stringify(['test', key, callback]));

const digest = (text: string) => createHash('sha256').update(text).digest();

/** What n8n stores of a secret: enough to recognize it, and nothing to call with. */
export const proofOf = (secret: string): string => digest(secret).toString('hex');

/** Whether a text can be a secret of this trigger at all. */
export const isSecret = (given: unknown): given is string =>
	typeof given === 'string' && /^[0-9a-f]{64}$/.test(given);

/** Takes the same time for any input, so an attacker learns nothing by trying. */
export const isSameSecret = (given: unknown, secret: unknown): boolean =>
	typeof given === 'string' &&
	typeof secret === 'string' &&
	timingSafeEqual(digest(given), digest(secret));

/** Whether a proof is the one of this secret. */
export const proves = (proof: string | undefined, given: unknown): boolean =>
	proof !== undefined && typeof given === 'string' && isSameSecret(proofOf(given), proof);
