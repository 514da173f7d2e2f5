import { abridge } from '../api/abridge';

/** Characters. More is no message: a server or a file can put whole documents into its words. */
const longest = 2000;

/** Terminals obey them where n8n logs a message. A line break and a tab are harmless there. */
const control = /[^\P{Cc}\n\t]/gu;

/**
 * A text that n8n shows in its editor, which takes tags for HTML and makes their links live. A text
 * may quote a server, a file or a name.
 */
export function plainMessage(text: string): string {
	return abridge(text.replace(/<(?=[a-z/!?])/gi, '‹').replace(control, ''), longest);
}
