import { FIELDS } from './fields.mts';
import { clause, type Matcher, NONE, type Query, words } from './match.mts';

const CONSIDERED = {
	whoosh: ['content'],
	tantivy: [
		'checksum',
		'title',
		'content',
		'correspondent',
		'document_type',
		'storage_path',
		'original_filename',
		'tag',
	],
};
const TAKEN = { whoosh: 20, tantivy: 12 };

/**
 * Finds documents that share a characteristic word with the document. 3.0 uses few words and
 * prefers those that no other document has, so it often finds nothing in a small archive.
 */
export function moreLike(matcher: Matcher, id: number): Query {
	const document = matcher.documents.find((candidate) => candidate.id === id);
	if (document === undefined) return NONE;
	const telling: { field: string; word: number; weight: number }[] = [];
	for (const name of CONSIDERED[matcher.dialect]) {
		const field = FIELDS[matcher.dialect][name]!;
		if ('numbers' in field) continue;
		const own = new Map<number, number>();
		for (const word of matcher.tokens.of(name, field, document)) {
			if (word !== 0) own.set(word, (own.get(word) ?? 0) + 1);
		}
		const counts = matcher.frequencies(name, matcher.dialect === 'tantivy');
		for (const [word, count] of own) {
			const share = counts[word]! / matcher.documents.length;
			const weight =
				matcher.dialect === 'whoosh'
					? count * Math.log2((1 + share) / share) + Math.log2(1 + share)
					: count *
						Math.log(1 + (matcher.documents.length - counts[word]! + 0.5) / (counts[word]! + 0.5));
			telling.push({ field: name, word, weight });
		}
	}
	const spelling = (word: number) => matcher.tokens.vocabulary.words[word]!;
	telling.sort((a, b) => b.weight - a.weight || (spelling(a.word) < spelling(b.word) ? -1 : 1));
	return clause({
		should: telling
			.slice(0, TAKEN[matcher.dialect])
			.map(({ field, word, weight }) => words(field, [new Set([word])], 1, weight)),
		not: [{ kind: 'number', field: 'id', test: (value) => value === id }],
	});
}
