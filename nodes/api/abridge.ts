/** Characters of a value in a message; more would be stored with every execution. */
const longestQuote = 500;

/** Cuts text from outside that a message quotes. */
export const abridge = (text: string, longest = longestQuote): string =>
	text.length > longest ? `${text.slice(0, longest)}…` : text;
