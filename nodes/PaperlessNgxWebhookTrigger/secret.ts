import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The headers by which a call proves that it comes from the server. */
export const secretHeader = 'X-Paperless-Ngx-Trigger-Secret';
export const testHeader = 'X-Paperless-Ngx-Trigger-Test';

export const newSecret = (): string => randomBytes(32).toString('hex');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Takes the same time for any input, so an attacker learns nothing by trying. */
export const isSameSecret = (given: unknown, secret: unknown): boolean =>
	typeof given === 'string' &&
	typeof secret === 'string' &&
	timingSafeEqual(digest(given), digest(secret));
