import type { Dialect } from './analysis.mts';
import { Tokens } from './fields.mts';
import { tantivyExcerpt, whooshExcerpts } from './highlight.mts';
import { markedWords, Matcher, type Query } from './match.mts';
import { moreLike } from './moreLike.mts';
import { Speller } from './spelling.mts';
import { InvalidDate, parsePlain, parseSimple, parseTantivy, Unparsable } from './tantivy.mts';
import { parseWhoosh, Unreadable, writeOutDates } from './whoosh.mts';

export type Profile = '2.15.3' | '2.20.15' | '3.0.5';

type Server = {
	recording: Profile;
	/** 3.2 reads queries as 2.x does, and the other searches as 3.0 does. */
	like33: boolean;
};

export type SearchDocument = {
	id: number;
	title: string;
	content: string;
	correspondent?: string;
	documentType?: string;
	storagePath?: string;
	tags: { id: number; name: string }[];
	notes: { note: string; user: string }[];
	/** The values as text. Select options are written as their labels. */
	customFields: { id: number; name: string; value: string }[];
	asn: number | null;
	/** YYYY-MM-DD */
	created: string;
	/** ISO */
	added: string;
	/** ISO */
	modified: string;
	owner: { id: number; username: string } | null;
	correspondentId: number | null;
	documentTypeId: number | null;
	storagePathId: number | null;
	pageCount: number | null;
	originalFilename: string;
	checksum: string;
	viewerIds: number[];
};

/** Excerpts are computed when they are read, in the order of reading. */
export type SearchHit = {
	id: number;
	score: number | null;
	readonly highlights: string;
	readonly noteHighlights: string | null;
};
export type SearchRequest = { kind: 'query' | 'moreLike' | 'text' | 'title'; value: string };
export type SearchResult = { hits: SearchHit[]; correctedQuery: string | null };

/** The server's answer to a rejected query: plain text or JSON. */
export class SearchRefusal extends Error {
	readonly status: number;
	readonly body: unknown;

	constructor(status: number, body: unknown) {
		super('The search was refused');
		this.status = status;
		this.body = body;
	}
}

const GENERAL = 'Error listing search results, check logs for more detail.';

type Excerpts = Pick<SearchHit, 'highlights' | 'noteHighlights'>;
type Found = {
	query: Query;
	excerpts: (document: SearchDocument) => Excerpts;
	correctedQuery: string | null;
};

/** `clock` returns the time in milliseconds for words such as `today` in a query. */
export function createSearchEngine(
	{ recording: profile, like33 }: Server,
	clock: () => number = Date.now,
) {
	const usual: Dialect = profile === '3.0.5' ? 'tantivy' : 'whoosh';
	const tokensOf = { tantivy: new Tokens('tantivy'), whoosh: new Tokens('whoosh') };

	function whoosh(matcher: Matcher, { kind, value }: SearchRequest): Found {
		const now = clock();
		const text = profile === '2.15.3' ? value : writeOutDates(value, now);
		const parsed = kind === 'moreLike' ? null : parseWhoosh(text, matcher, now);
		const query = parsed?.query ?? moreLike(matcher, Number(value));
		let correctedQuery: string | null = null;
		if (parsed !== null) {
			const speller = new Speller(matcher);
			const fails = speller.fails(parsed);
			if (fails && profile === '2.15.3') throw new Unreadable();
			if (!fails && profile !== '2.15.3') correctedQuery = speller.correct(text, parsed, now);
		}
		const [content, notes] = ['content', 'notes'].map((field) => markedWords(query, field));
		const excerpt = whooshExcerpts(tokensOf.whoosh.vocabulary);
		const joined = (document: SearchDocument) => document.notes.map(({ note }) => note).join(',');
		return {
			query,
			correctedQuery,
			excerpts: (document) => ({
				highlights: excerpt(document.content, content!),
				noteHighlights: excerpt(joined(document), notes!),
			}),
		};
	}

	function tantivy(matcher: Matcher, { kind, value }: SearchRequest): Found {
		const weigh = (query: Query, field: string) => {
			const weights = new Map<string, number>();
			for (const word of markedWords(query, field)) {
				const having = matcher.having(field, word);
				if (having > 0) weights.set(tokensOf.tantivy.vocabulary.words[word]!, 1 / (1 + having));
			}
			return weights;
		};
		const plain = (text: string, field: string) => {
			try {
				return weigh(parsePlain(text, matcher, field), field);
			} catch {
				return new Map<string, number>();
			}
		};
		const query =
			kind === 'query'
				? parseTantivy(value, matcher, clock())
				: kind === 'moreLike'
					? moreLike(matcher, Number(value))
					: parseSimple(
							value,
							matcher,
							kind === 'title' ? ['simple_title'] : ['simple_title', 'simple_content'],
						);
		const content =
			kind === 'query'
				? weigh(query, 'content')
				: kind === 'text'
					? plain(value.replace(/[-+]/g, ' '), 'content')
					: new Map<string, number>();
		const notes =
			kind === 'query'
				? plain(value.replace(/[\p{L}\p{N}_][\p{L}\p{N}_.]*:/gu, ''), 'notes_text')
				: null;
		return {
			query,
			correctedQuery: null,
			excerpts: (document) => ({
				highlights: tantivyExcerpt(document.content, content),
				noteHighlights:
					notes === null
						? null
						: tantivyExcerpt(document.notes.map(({ note }) => note).join(' '), notes) || null,
			}),
		};
	}

	/** Throws a `SearchRefusal` if the server would answer with an error. */
	function search(documents: Iterable<SearchDocument>, request: SearchRequest): SearchResult {
		const all = [...documents];
		const dialect = like33 && request.kind === 'query' ? 'whoosh' : usual;
		const matcher = new Matcher(dialect, all, tokensOf[dialect]);
		if (request.kind !== 'moreLike' && request.value.trim() === '') {
			return { hits: [], correctedQuery: null };
		}
		let found: Found;
		try {
			found = dialect === 'whoosh' ? whoosh(matcher, request) : tantivy(matcher, request);
		} catch (error) {
			if (error instanceof InvalidDate) throw new SearchRefusal(400, { query: [error.message] });
			if (error instanceof Unreadable || error instanceof Unparsable) {
				throw new SearchRefusal(400, like33 ? { query: [GENERAL] } : GENERAL);
			}
			throw error;
		}
		const scores = matcher.evaluate(found.query);
		const order = Array.from(scores.keys())
			.filter((index) => scores[index]! >= 0)
			.sort((a, b) => scores[b]! - scores[a]!);
		// 2.x returns scores relative to the best score. 3.0 returns the score itself, but none for
		// similar documents.
		const scale =
			dialect === 'tantivy' ? Number(request.kind !== 'moreLike') : 1 / scores[order[0] ?? 0]!;
		const hits = order.map((index) => {
			const document = all[index]!;
			return {
				id: document.id,
				score: scores[index]! * scale,
				get highlights() {
					return found.excerpts(document).highlights;
				},
				get noteHighlights() {
					return found.excerpts(document).noteHighlights;
				},
			};
		});
		return { hits, correctedQuery: found.correctedQuery };
	}

	return { search };
}
