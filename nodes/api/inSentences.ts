/** Two texts after each other; servers end some of their messages with a point, the package never does. */
export const inSentences = (first: string, second: string): string =>
	`${first}${/[.!?…]$/.test(first) ? '' : '.'} ${second}`.trim();
