import { plainMessage } from './plainMessage';

/** A message as one line of n8n’s log, in which a name with line breaks could pass for other lines. */
export const logLine = (text: string): string =>
	plainMessage(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
