import { inSentences } from '../api/inSentences';

/** What happened and how to go on, where there is room for one text only. */
export const wholeMessage = (message: string, description: string | null | undefined): string =>
	description && !message.endsWith(description) ? inSentences(message, description) : message;
