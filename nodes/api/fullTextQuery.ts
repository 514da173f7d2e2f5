export type SearchMode = 'allWords' | 'anyWord' | 'exactPhrase' | 'paperlessQuery';

/**
 * Removes the signs that have a meaning inside quotes. The quote and the backslash have one in the
 * query languages of 2.x and 3.x. The index of 2.x treats an asterisk as a letter, so it would not
 * find “invoice” for “invoice*”.
 */
const bare = (text: string) =>
	text
		.replace(/["\\*]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/**
 * Words that 2.x leaves out of its index. It would find nothing for “the AND invoice” where 3.x
 * does, so the query omits them on every server.
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
 * Turns the words of a user into a query that every server reads the same way. Each word is quoted,
 * which makes operators of the query language plain text. Operators are written out, because `a b`
 * means both words on 2.x and from 3.2 on, and either word between (docs/paperless-api.md#search-words). A Paperless
 * query stays as it is. The result is empty when there is nothing to search for.
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
