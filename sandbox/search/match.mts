import type { Dialect } from './analysis.mts';
import type { SearchDocument } from './engine.mts';
import { FIELDS, Tokens } from './fields.mts';

/** The common form of both query languages. */
export type Query =
	| { kind: 'all' }
	| { kind: 'none' }
	| { kind: 'words'; field: string; words: Set<number>[]; slop: number; boost: number }
	| { kind: 'number'; field: string; test: (value: number) => boolean }
	| { kind: 'exists'; field: string }
	| { kind: 'clause'; must: Query[]; should: Query[]; not: Query[]; boost: number };

export const NONE: Query = { kind: 'none' };

export function clause(parts: { must?: Query[]; should?: Query[]; not?: Query[] }): Query {
	return { kind: 'clause', must: [], should: [], not: [], boost: 1, ...parts };
}

export function words(field: string, parts: Set<number>[], slop = 1, boost = 1): Query {
	return { kind: 'words', field, words: parts, slop, boost };
}

/** How often the words occur in the text in this order, at most `slop` positions apart. */
function occurrences(tokens: Uint32Array, words: Set<number>[], slop: number): number {
	const [first, ...rest] = words;
	if (first === undefined) return 0;
	let count = 0;
	const only = first.size === 1 ? first.values().next().value! : 0;
	for (let place = 0; place < tokens.length; place++) {
		const token = tokens[place]!;
		if (only === 0 ? !first.has(token) : token !== only) continue;
		let at = place;
		const found = rest.every((word) => {
			for (let next = at + 1; next <= at + slop && next < tokens.length; next++) {
				if (word.has(tokens[next]!)) {
					at = next;
					return true;
				}
			}
			return false;
		});
		if (found) count++;
	}
	return count;
}

const IDF: Record<Dialect, (documents: number, having: number) => number> = {
	whoosh: (documents, having) => Math.log(documents / (having + 1)) + 1,
	tantivy: (documents, having) => Math.log(1 + (documents - having + 0.5) / (having + 0.5)),
};

/** Computes the scores (BM25) of all documents. Scores below zero mean no match. */
export class Matcher {
	readonly dialect: Dialect;
	readonly documents: SearchDocument[];
	readonly tokens: Tokens;

	constructor(dialect: Dialect, documents: SearchDocument[], tokens: Tokens) {
		this.dialect = dialect;
		this.documents = documents;
		this.tokens = tokens;
	}

	evaluate(query: Query): Float64Array {
		switch (query.kind) {
			case 'all':
				return new Float64Array(this.documents.length).fill(1);
			case 'none':
				return new Float64Array(this.documents.length).fill(-1);
			case 'words':
				return this.words(query);
			case 'clause':
				return this.clause(query);
			case 'exists': {
				const field = FIELDS[this.dialect][query.field]!;
				return this.each((document) =>
					'numbers' in field
						? field.numbers(document).length > 0
						: this.tokens.of(query.field, field, document).length > 0,
				);
			}
			case 'number': {
				const field = FIELDS[this.dialect][query.field]!;
				return this.each(
					(document) => 'numbers' in field && field.numbers(document).some(query.test),
				);
			}
		}
	}

	/**
	 * How often each word occurs in the field, by the word's number, or in how many documents. Like
	 * the real index it still counts the words of deleted documents.
	 */
	frequencies(name: string, inDocuments = false): Uint32Array {
		const field = FIELDS[this.dialect][name]!;
		if ('numbers' in field) return new Uint32Array();
		for (const document of this.documents) this.tokens.of(name, field, document);
		const counts = new Uint32Array(this.tokens.vocabulary.words.length);
		for (const { numbers } of this.tokens.known(name)) {
			for (const number of inDocuments ? new Set(numbers) : numbers) counts[number]!++;
		}
		return counts;
	}

	having(field: string, word: number): number {
		const scores = this.evaluate(words(field, [new Set([word])]));
		return scores.filter((score) => score >= 0).length;
	}

	/** The words in a field's index that pass the test. Resolves wildcards. */
	expand(field: string, test: (word: string) => boolean): Set<number> {
		const counts = this.frequencies(field);
		return this.tokens.vocabulary.matching((word, number) => counts[number]! > 0 && test(word));
	}

	private each(test: (document: SearchDocument) => boolean): Float64Array {
		return Float64Array.from(this.documents, (document) => (test(document) ? 1 : -1));
	}

	private words(query: Query & { kind: 'words' }): Float64Array {
		const field = FIELDS[this.dialect][query.field]!;
		const scores = new Float64Array(this.documents.length).fill(-1);
		if ('numbers' in field || query.words.some((word) => word.size === 0)) return scores;
		const lengths = new Float64Array(this.documents.length);
		let having = 0;
		let total = 0;
		this.documents.forEach((document, index) => {
			const tokens = this.tokens.of(query.field, field, document);
			lengths[index] = tokens.length;
			total += tokens.length;
			const count = occurrences(tokens, query.words, query.slop);
			if (count === 0) return;
			scores[index] = count;
			having++;
		});
		const weight = IDF[this.dialect](this.documents.length, having) * query.boost;
		const average = total / this.documents.length;
		return scores.map((count, index) => {
			if (count < 0) return count;
			const length = 1.2 * (0.25 + (0.75 * lengths[index]!) / average);
			return Math.max(1e-9, (weight * count * 2.2) / (count + length));
		});
	}

	private clause(query: Query & { kind: 'clause' }): Float64Array {
		const [must, should, not] = [query.must, query.should, query.not].map((parts) =>
			parts.map((part) => this.evaluate(part)),
		) as [Float64Array[], Float64Array[], Float64Array[]];
		return Float64Array.from(this.documents, (_, index) => {
			if (must.some((scores) => scores[index]! < 0)) return -1;
			if (not.some((scores) => scores[index]! >= 0)) return -1;
			const found = should.filter((scores) => scores[index]! >= 0);
			if (must.length === 0 && found.length === 0) return -1;
			return [...must, ...found].reduce((sum, scores) => sum + scores[index]!, 0) * query.boost;
		});
	}
}

/** The words that excerpts of the field mark. */
export function markedWords(query: Query, field: string, found = new Set<number>()): Set<number> {
	if (query.kind === 'words' && query.field === field) {
		query.words.forEach((words) => words.forEach((word) => found.add(word)));
	} else if (query.kind === 'clause') {
		[...query.must, ...query.should].forEach((part) => markedWords(part, field, found));
	}
	return found;
}
