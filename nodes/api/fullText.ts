export const searchModes = ['allWords', 'anyWord', 'exactPhrase', 'paperlessQuery'] as const;
export type SearchMode = (typeof searchModes)[number];

/** Inside quotes only these two mean something to the query languages of 2.x and 3.x. */
const bare = (text: string) => text.replace(/["\\]/g, ' ').replace(/\s+/g, ' ').trim();

/**
 * The words of a user as a query that every server reads the same way: each word in quotes, so
 * that no sign in it is an operator, and joined by written-out operators, because `a b` means
 * both words on 2.x and either on 3.x (trap 47). A Paperless query passes as it is.
 */
export function fullTextQuery(mode: SearchMode, text: string): string {
	if (mode === 'paperlessQuery') return text.trim();
	const plain = bare(text);
	if (plain === '') return '';
	if (mode === 'exactPhrase') return `"${plain}"`;
	const words = plain.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word));
	return words.map((word) => `"${word}"`).join(mode === 'allWords' ? ' AND ' : ' OR ');
}
