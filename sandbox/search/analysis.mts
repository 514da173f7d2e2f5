import { stemmer } from 'stemmer';

export type Dialect = 'whoosh' | 'tantivy';
export type Span = { word: string; start: number; end: number };

const STOP_WORDS = new Set(
	'a an and are as at be by can for from have if in is it may not of on or tbd that the this to us we when will with yet you your'.split(
		' ',
	),
);
const PATTERN: Record<Dialect, RegExp> = {
	whoosh: /[\p{L}\p{N}_*]+(?:\.[\p{L}\p{N}_*]+)*/gu,
	tantivy: /[\p{Alphabetic}\p{N}]+/gu,
};
const LETTERS: Record<string, string> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	đ: 'd',
	ð: 'd',
	ł: 'l',
	þ: 'th',
	ı: 'i',
};

/** Lower case without accents. 3.0 stores all texts in its index this way. */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	if (/^\p{ASCII}*$/u.test(lower)) return lower;
	return lower
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/\P{ASCII}/gu, (letter) => LETTERS[letter] ?? letter);
}

/** The word as it is stored in the index, or an empty text if the index omits it. */
export function normalise(dialect: Dialect, word: string): string {
	if (dialect === 'tantivy') return stemmer(fold(word));
	const lower = word.toLowerCase();
	return lower.length < 2 || STOP_WORDS.has(lower) ? '' : lower;
}

/** All words of a text with their positions. Includes stop words, because excerpts show them. */
export function spans(dialect: Dialect, text: string): Span[] {
	return Array.from(text.matchAll(PATTERN[dialect]), (match) => ({
		word: match[0],
		start: match.index,
		end: match.index + match[0].length,
	}));
}

/** The words of a part of the query as they are stored in the index. */
export function analyse(dialect: Dialect, text: string): string[] {
	return (text.match(PATTERN[dialect]) ?? [])
		.map((word) => normalise(dialect, word))
		.filter((word) => word !== '');
}

/**
 * Gives every word of the index a number, so documents become typed arrays that are fast to search.
 */
export class Vocabulary {
	readonly words: string[] = [''];
	private readonly numbers = new Map<string, number>([['', 0]]);
	private readonly seen = new Map<string, number>();
	private readonly dialect: Dialect;

	constructor(dialect: Dialect) {
		this.dialect = dialect;
	}

	add(word: string): number {
		let number = this.numbers.get(word);
		if (number === undefined) {
			number = this.words.push(word) - 1;
			this.numbers.set(word, number);
		}
		return number;
	}

	/** Stemming is slow, so every spelling is stemmed once. */
	number(spelling: string): number {
		let number = this.seen.get(spelling);
		if (number === undefined) {
			number = this.add(normalise(this.dialect, spelling));
			this.seen.set(spelling, number);
		}
		return number;
	}

	encode(text: string): Uint32Array {
		const numbers: number[] = [];
		for (const spelling of text.match(PATTERN[this.dialect]) ?? []) {
			const number = this.number(spelling);
			if (number !== 0) numbers.push(number);
		}
		return Uint32Array.from(numbers);
	}

	matching(test: (word: string, number: number) => boolean): Set<number> {
		const numbers = new Set<number>();
		this.words.forEach((word, number) => {
			if (number !== 0 && test(word, number)) numbers.add(number);
		});
		return numbers;
	}
}
