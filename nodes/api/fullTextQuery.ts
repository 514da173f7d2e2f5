export type SearchMode = 'allWords' | 'anyWord' | 'exactPhrase' | 'paperlessQuery';

/**
 * Inside quotes only the first two mean something to the query languages of 2.x and 3.x; an
 * asterisk is a letter to the index of 2.x, which then finds no “invoice” for “invoice*”.
 */
const bare = (text: string) =>
	text
		.replace(/["\\*]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/**
 * Words that 2.x leaves out of its index, so that it finds nothing for “the AND invoice” where
 * 3.x does. They are left out of the question on every server.
 */
const stopWords = new Set(
	'a an and are as at be by can for from have if in is it may not of on or tbd that the this to us we when will with yet you your'.split(
		' ',
	),
);

const isIndexed = (word: string) =>
	(word.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).some(
		(token) => token.length > 1 && !stopWords.has(token),
	);

/**
 * The words of a user as a query that every server reads the same way: each word in quotes, so
 * that no sign in it is an operator, and joined by written-out operators, because `a b` means
 * both words on 2.x and either on 3.x (trap 47). Empty when there is nothing to search for. A
 * Paperless query passes as it is.
 */
export function fullTextQuery(mode: SearchMode, text: string): string {
	if (mode === 'paperlessQuery') return text.trim();
	const words = bare(text).split(' ');
	const indexed = words.filter(isIndexed);
	const [first] = indexed;
	const last = indexed.at(-1);
	if (first === undefined || last === undefined) return '';
	if (mode === 'exactPhrase') {
		return `"${words.slice(words.indexOf(first), words.lastIndexOf(last) + 1).join(' ')}"`;
	}
	return indexed.map((word) => `"${word}"`).join(mode === 'allWords' ? ' AND ' : ' OR ');
}
