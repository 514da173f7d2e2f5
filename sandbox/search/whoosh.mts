import { analyse } from './analysis.mts';
import * as dates from './dates.mts';
import { DEFAULT_FIELDS, FIELDS } from './fields.mts';
import { clause, type Matcher, NONE, type Query, words } from './match.mts';
import { type Node, parseSyntax, type Range, type Text } from './whooshSyntax.mts';

/** A word of the query in one field, as the spell checker sees it. */
export type Spot = { field: string; text: string; start: number; end: number };
/** `failing` are words on which the real spell checker crashes. */
export type Parsed = { query: Query; spots: Spot[]; failing: Spot[]; broken: boolean };

/** The real parser crashes here. All 2.x servers answer 400. */
export class Unreadable extends Error {}

/**
 * The words for dates that all 2.x servers know. `previous week` and similar words came with 2.18.
 */
const SPOKEN = /^(today|yesterday|this month|this year)$/i;
const KEYWORDS =
	/\b(added|created|modified)\s*:\s*["']?(today|yesterday|this month|previous month|previous week|previous quarter|this year|previous year)["']?/gi;

/** 2.20 replaces words for dates before it parses the query. */
export function writeOutDates(query: string, now: number): string {
	const digits = (at: number) => new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
	return query.replace(KEYWORDS, (_, field: string, value: string) => {
		const { from, to } = dates.keyword(value, now)!;
		return `${field}:[${digits(from)} TO ${digits(to - 1)}]`;
	});
}

class Reader {
	readonly spots: Spot[] = [];
	readonly failing: Spot[] = [];
	broken = false;
	private readonly matcher: Matcher;
	private readonly replaced: ReadonlyMap<string, string>;
	private readonly now: number;

	constructor(matcher: Matcher, replaced: ReadonlyMap<string, string>, now: number) {
		this.matcher = matcher;
		this.replaced = replaced;
		this.now = now;
	}

	/** Null for parts that the parser drops, for example stop words. */
	read(node: Node, inherited: string | null): Query | null {
		if (node.kind === 'operator') return NONE;
		if (!('field' in node)) return null;
		const field = node.field ?? inherited;
		if (node.kind === 'group') return this.group(node, field);
		if (field !== null) return this.leaf(node, field);
		const parts = DEFAULT_FIELDS.whoosh.flatMap((name) => this.leaf(node, name) ?? []);
		return parts.length === 0 ? null : clause({ should: parts });
	}

	private group(node: Node & { kind: 'group' }, field: string | null): Query {
		const parts = node.nodes.flatMap((part) => this.read(part, field) ?? []);
		if (parts.length === 0) return NONE;
		if (node.operator === 'NOT') return clause({ must: [{ kind: 'all' }], not: parts });
		return clause(node.operator === 'OR' ? { should: parts } : { must: parts });
	}

	private leaf(node: Text | Range, name: string): Query | null {
		const field = FIELDS.whoosh[name]!;
		if (node.kind === 'range') {
			if (field.kind === 'date') return this.dateRange(name, node.from, node.to);
			if (field.kind === 'number') {
				const from = node.from === '' ? -Infinity : Number(node.from);
				const to = node.to === '' ? Infinity : Number(node.to);
				return { kind: 'number', field: name, test: (value) => value >= from && value <= to };
			}
			for (const text of [node.from, node.to]) {
				this.failing.push({ field: name, text: text.toLowerCase(), start: 0, end: 0 });
			}
			const [from, to] = [node.from.toLowerCase(), node.to.toLowerCase()];
			const inside = (word: string) => word >= from && (to === '' || word <= to);
			return words(name, [this.matcher.expand(name, inside)]);
		}
		if (node.kind === 'wild' && node.text === '*') return { kind: 'exists', field: name };
		if (field.kind === 'date') return this.date(name, node);
		if (field.kind === 'number' || field.kind === 'flag') {
			return this.number(name, node.text, field.kind === 'flag');
		}
		if (node.kind === 'wild') return this.wildcard(name, node);
		const texts =
			field.kind === 'keyword'
				? node.text.split(',').map((part) => part.trim())
				: analyse('whoosh', node.text);
		const parts = texts.filter((part) => part !== '');
		if (name === 'tag') parts.forEach((part, at) => (parts[at] = part.toLowerCase()));
		return this.texts(name, node, parts, field.kind === 'keyword');
	}

	private texts(name: string, node: Text, parts: string[], whole: boolean): Query | null {
		if (parts.length === 0) return null;
		const phrase = node.kind === 'phrase';
		// A phrase needs positions, which the index does not store for whole values.
		if (phrase && whole && parts.length > 1) throw new Unreadable();
		let at = 0;
		const numbers = parts.map((part) => {
			const found = Math.max(0, node.text.toLowerCase().indexOf(part, at));
			at = found + part.length;
			const spot = phrase
				? { field: name, text: part, start: node.start + found, end: node.start + at }
				: { field: name, text: part, start: node.start, end: node.end };
			(parts.length > 1 && !phrase ? this.failing : this.spots).push(spot);
			const word = this.replaced.get(`${name}:${part}`) ?? part;
			return new Set([this.matcher.tokens.vocabulary.add(word)]);
		});
		if (phrase || numbers.length === 1) return words(name, numbers, node.slop ?? 1);
		return clause({ must: numbers.map((number) => words(name, [number])) });
	}

	private wildcard(name: string, node: Text): Query {
		const text = node.text.toLowerCase();
		const prefix = /^[^*?]+\*$/.test(text);
		const { field, start, end } = { ...node, field: name };
		this.spots.push({ field, text: prefix ? text.slice(0, -1) : text, start, end });
		const source = text
			.replace(/[.+^${}()|[\]\\]/g, '\\$&')
			.replace(/\*/g, '.*')
			.replace(/\?/g, '.');
		const pattern = new RegExp(`^${source}$`, 'su');
		return words(name, [this.matcher.expand(name, (word) => pattern.test(word))]);
	}

	private number(field: string, value: string, flag: boolean): Query {
		if (!flag && !/^-?\d+$/.test(value)) return NONE;
		const wanted = flag ? Number(!/^(f|false|no|0)$/i.test(value)) : Number(value);
		const query: Query = { kind: 'number', field, test: (number) => number === wanted };
		// The spell checker crashes on numbers that no document has.
		if (this.matcher.evaluate(query).every((score) => score < 0)) this.broken = true;
		return query;
	}

	private date(field: string, node: Text): Query {
		const { now } = this;
		const at = dates.relative(node.text, now);
		const period =
			(SPOKEN.test(node.text) ? dates.keyword(node.text, now) : null) ??
			dates.written(node.text) ??
			(at === null ? dates.digits(node.text.replace(/[ .:-]/g, '')) : dates.moment(at));
		if (period !== null) return during(field, period);
		if (node.kind === 'phrase') this.broken = true;
		return NONE;
	}

	private dateRange(field: string, from: string, to: string): Query {
		const [first, last] = [from, to].map((bound) => (bound === '' ? null : this.bound(bound)));
		const [early, late] = first && last && last.from < first.from ? [last, first] : [first, last];
		return during(field, { from: early?.from ?? -Infinity, to: late?.to ?? Infinity });
	}

	/** Reads only the beginning of a bound, for example the year of `2024-05-01`. */
	private bound(bound: string): dates.Period {
		const { now } = this;
		const head = /^(now|today|yesterday|this month|this year|\d{4}(?=\W|$)|\d{6,14})/i.exec(bound);
		const word = head?.[0] ?? '';
		const at = dates.relative(/^[+-]\d+\s*[a-z]+/i.exec(bound)?.[0] ?? word, now);
		const period =
			at === null
				? (dates.written(bound) ?? dates.keyword(word, now) ?? dates.digits(word))
				: dates.moment(at);
		if (period === null) throw new Unreadable();
		return period;
	}
}

function during(field: string, { from, to }: dates.Period): Query {
	return { kind: 'number', field, test: (value) => value >= from && value < to };
}

/** `replaced` maps words (as `field:word`) to the words of the spell checker. */
export function parseWhoosh(
	query: string,
	matcher: Matcher,
	now: number,
	replaced: ReadonlyMap<string, string> = new Map(),
): Parsed {
	const reader = new Reader(matcher, replaced, now);
	const nodes = parseSyntax(query);
	const parsed = reader.read({ kind: 'group', field: null, operator: 'AND', nodes }, null) ?? NONE;
	return { query: parsed, spots: reader.spots, failing: reader.failing, broken: reader.broken };
}
