import { normalise, type Span, spans, type Vocabulary } from './analysis.mts';

const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Fragment = { start: number; end: number; marked: Span[] };

// The limits of the real fragmenter, in characters.
const CONTEXT = 50;
const LONGEST = 200;
const READ = 32_768;

/**
 * Pieces of the text around the marked words. Within a piece, every word uses up the allowed number
 * of characters, and a marked word resets it.
 */
function fragments(text: string, marks: (span: Span) => boolean): Fragment[] {
	const found: Fragment[] = [];
	let before: number[] = [];
	let first: number | null = null;
	let left = -1;
	let length = 0;
	let marked: Span[] = [];
	let end = 0;
	const close = () => {
		if (marked.length > 0) found.push({ start: first ?? 0, end, marked });
		[before, first, length, marked] = [[], null, 0, []];
	};
	for (const span of spans('whoosh', text)) {
		if (span.end > READ) break;
		const size = span.end - span.start;
		const hit = marks(span);
		end = span.end;
		if (left < 0 && !hit) {
			before.push(span.start);
			before = before.filter((start) => span.end - start <= CONTEXT);
		} else if (length + size > LONGEST) left = 0;
		else if (hit) {
			left = CONTEXT;
			if (first === null) {
				first = before[0] ?? span.start;
				if (before.length === 0) left += CONTEXT;
			}
			marked.push(span);
		}
		if (left < 0) continue;
		length += size;
		left -= size;
		if (left <= 0) close();
	}
	close();
	return found;
}

/**
 * Creates the excerpts of 2.x for one answer. Every distinct spelling has a separate class. The
 * classes are numbered over all hits, in the order in which the excerpts are read.
 */
export function whooshExcerpts(vocabulary: Vocabulary) {
	const classes = new Map<string, number>();
	const mark = (word: string) => {
		const shown = escape(word);
		if (!classes.has(shown)) classes.set(shown, classes.size % 5);
		return `<span class="match term${classes.get(shown)!}">${shown}</span>`;
	};
	return (text: string, words: Set<number>): string => {
		if (words.size === 0 || text === '') return '';
		const score = ({ marked }: Fragment) =>
			marked.length * new Set(marked.map(({ word }) => word.toLowerCase())).size;
		return fragments(text, ({ word }) => words.has(vocabulary.number(word)))
			.sort((a, b) => score(b) - score(a) || b.start - a.start)
			.slice(0, 3)
			.sort((a, b) => a.start - b.start)
			.map(({ start, end, marked }) => {
				let at = start;
				let out = '';
				for (const span of marked) {
					out += escape(text.slice(at, span.start)) + mark(span.word);
					at = span.end;
				}
				return out + escape(text.slice(at, end));
			})
			.join(' ... ');
	};
}

/** The excerpt of 3.0: the piece of at most 150 bytes with the rarest words. */
export function tantivyExcerpt(text: string, weights: Map<string, number>): string {
	if (weights.size === 0) return '';
	let best: (Fragment & { score: number }) | null = null;
	let piece = { start: 0, end: 0, marked: [] as Span[], score: 0 };
	const keep = () => {
		if (piece.score > (best?.score ?? 0)) best = piece;
	};
	for (const span of spans('tantivy', text)) {
		if (Buffer.byteLength(text.slice(piece.start, span.end)) > 150) {
			keep();
			piece = { start: span.start, end: span.end, marked: [], score: 0 };
		}
		piece.end = span.end;
		const weight = weights.get(normalise('tantivy', span.word));
		if (weight === undefined) continue;
		piece.score += weight;
		piece.marked.push(span);
	}
	keep();
	if (best === null) return '';
	const { start, end, marked } = best as Fragment;
	let at = start;
	let out = '';
	for (const span of marked) {
		out += `${escape(text.slice(at, span.start))}<b>${escape(span.word)}</b>`;
		at = span.end;
	}
	return out + escape(text.slice(at, end));
}
