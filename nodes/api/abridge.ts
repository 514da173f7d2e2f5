import { firstCharacters } from './firstCharacters';

/** Characters of a value in a message; more would be stored with every execution. */
const longestQuote = 500;

/** Cuts text from outside that a message quotes. */
export function abridge(text: string, longest = longestQuote): string {
	const beginning = firstCharacters(text, longest);
	return beginning === text ? text : `${beginning}…`;
}
