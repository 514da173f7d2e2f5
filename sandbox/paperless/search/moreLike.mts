import { FIELDS } from './fields.mts';
import { clause, type Matcher, NONE, type Query, words } from './match.mts';

/**
 * Documents that share one of the document's most telling words. The real 3.0 takes fewer words and
 * of all fields, and often breaks off and finds nothing in a small archive.
 */
export function moreLike(matcher: Matcher, id: number): Query {
	const field = FIELDS[matcher.dialect].content!;
	const document = matcher.documents.find((candidate) => candidate.id === id);
	if (document === undefined || 'numbers' in field) return NONE;
	const counts = matcher.frequencies('content');
	const own = new Map<number, number>();
	for (const word of matcher.tokens.of('content', field, document)) {
		own.set(word, (own.get(word) ?? 0) + 1);
	}
	const spelling = (word: number) => matcher.tokens.vocabulary.words[word]!;
	const telling = Array.from(own, ([word, count]) => {
		const share = counts[word]! / matcher.documents.length;
		return { word, weight: count * Math.log2((1 + share) / share) + Math.log2(1 + share) };
	})
		.sort((a, b) => b.weight - a.weight || (spelling(a.word) < spelling(b.word) ? -1 : 1))
		.slice(0, matcher.dialect === 'whoosh' ? 20 : 12);
	return clause({
		should: telling.map(({ word, weight }) => words('content', [new Set([word])], 1, weight)),
		not: [{ kind: 'number', field: 'id', test: (value) => value === id }],
	});
}
