import { analyse } from './analysis.mts';
import * as dates from './dates.mts';
import { DEFAULT_FIELDS, FIELDS } from './fields.mts';
import { clause, type Matcher, NONE, type Query, words } from './match.mts';

type Text = {
	kind: 'word' | 'phrase' | 'wild';
	field: string | null;
	text: string;
	start: number;
	end: number;
	slop?: number;
};
type Range = { kind: 'range'; field: string | null; from: string; to: string };
type Node =
	| Text
	| Range
	| { kind: 'group'; field: string | null; operator: 'AND' | 'OR' | 'NOT'; nodes: Node[] }
	| { kind: 'operator'; name: string }
	| { kind: 'field'; name: string; start: number; end: number }
	| { kind: 'blank' | 'open' | 'close' | 'boost' | 'every' };

/** A word of the query in one field, as the spell checker sees it. */
export type Spot = { field: string; text: string; start: number; end: number };
/** `failing` are words on which the real spell checker breaks off. */
export type Parsed = { query: Query; spots: Spot[]; failing: Spot[]; broken: boolean };

/** The real parser breaks off here, and the server answers 400 in all 2.x. */
export class Unreadable extends Error {}

// In the order in which the real parser tries them at every place of the query.
const TAGS: [RegExp, (match: RegExpExecArray) => Node][] = [
	[/\*:\*/y, () => ({ kind: 'every' })],
	[/(?<=\s)ANDNOT(?=\s)/y, () => ({ kind: 'operator', name: 'ANDNOT' })],
	[/\s+/y, () => ({ kind: 'blank' })],
	[/(?<=^|\W)'(.*?)'(?=\s|\]|[)}]|$)/y, (match) => text('word', match, match[1]!)],
	[/([\p{L}\p{N}_]+|\*):/uy, (match) => ({ ...span(match), kind: 'field', name: match[1]! })],
	[/[*?]/y, (match) => text('wild', match, match[0])],
	[
		/"(.*?)"(?:~([1-9]\d*))?/y,
		(match) => ({
			...text('phrase', match, match[1]!),
			start: match.index + 1,
			slop: Number(match[2] ?? 1),
		}),
	],
	[/\(/y, () => ({ kind: 'open' })],
	[/\)/y, () => ({ kind: 'close' })],
	[/(?<=^|\s|[()])NOT(?=\s)/y, () => ({ kind: 'operator', name: 'NOT' })],
	[/(?<=\s)(AND|OR)(?=\s)/y, (match) => ({ kind: 'operator', name: match[1]! })],
	[/\^\d+(?:\.\d+)?(?=$|[\s)])/y, () => ({ kind: 'boost' })],
	[
		/[{[]([^\]}]+?(?=to))?to([^\]}]+?)?[}\]]/iy,
		(match) => ({
			kind: 'range',
			field: null,
			from: (match[1] ?? '').trim().replace(/^'(.*)'$/, '$1'),
			to: (match[2] ?? '').trim().replace(/^'(.*)'$/, '$1'),
		}),
	],
];

function span(match: RegExpExecArray): { start: number; end: number } {
	return { start: match.index, end: match.index + match[0].length };
}

function text(kind: 'word' | 'phrase' | 'wild', match: RegExpExecArray, value: string): Text {
	return { kind, field: null, text: value, ...span(match) };
}

function tag(query: string): Node[] {
	const nodes: Node[] = [];
	let begun = 0;
	const flush = (end: number) => {
		if (end > begun) {
			nodes.push({ kind: 'word', field: null, text: query.slice(begun, end), start: begun, end });
		}
	};
	for (let at = 0; at < query.length; ) {
		let found: { node: Node; end: number } | null = null;
		for (const [pattern, make] of TAGS) {
			pattern.lastIndex = at;
			const match = pattern.exec(query);
			if (match !== null) {
				found = { node: make(match), end: pattern.lastIndex };
				break;
			}
		}
		if (found === null) {
			at++;
			continue;
		}
		flush(at);
		nodes.push(found.node);
		begun = at = found.end;
	}
	flush(query.length);
	return nodes;
}

function nest(flat: Node[]): Node[] {
	const stack: Node[][] = [[]];
	for (const node of flat) {
		if (node.kind === 'open') stack.push([]);
		else if (node.kind !== 'close') stack.at(-1)!.push(node);
		else if (stack.length > 1) {
			const nodes = stack.pop()!;
			stack.at(-1)!.push({ kind: 'group', field: null, operator: 'AND', nodes });
		}
	}
	return stack.flat();
}

const isText = (node: Node | undefined): node is Text =>
	node?.kind === 'word' || node?.kind === 'phrase' || node?.kind === 'wild';

/** Joins wildcards with the letters around them; only the sign itself keeps its place. */
function joinWildcards(nodes: Node[]): Node[] {
	const joined: Node[] = [];
	for (const node of nodes) {
		const before = joined.at(-1);
		if (isText(node) && isText(before) && (node.kind === 'wild' || before.kind === 'wild')) {
			const sign = before.kind === 'wild' ? before : node;
			joined[joined.length - 1] = { ...sign, text: before.text + node.text };
		} else joined.push(node);
	}
	return joined;
}

/** Gives every field name to what follows it; an unknown one becomes text again. */
function giveFields(nodes: Node[]): Node[] {
	const given: Node[] = [];
	let open: (Node & { kind: 'field' }) | null = null;
	const leave = () => {
		if (open !== null) {
			const { name, start, end } = open;
			given.push({ kind: 'word', field: null, text: `${name}:`, start, end });
		}
		open = null;
	};
	for (const node of nodes) {
		if (node.kind === 'field') {
			leave();
			open = node;
			continue;
		}
		if (open !== null && 'field' in node) {
			const { name } = open as Node & { kind: 'field' };
			if (name in FIELDS.whoosh) given.push({ ...node, field: node.field ?? name });
			else if (isText(node)) given.push({ ...node, text: `${name}:${node.text}` });
			else {
				leave();
				given.push(node);
			}
			open = null;
			continue;
		}
		leave();
		given.push(node);
	}
	leave();
	return given;
}

function group(operator: 'AND' | 'OR' | 'NOT', nodes: Node[]): Node {
	return { kind: 'group', field: null, operator, nodes };
}

/** Operators take their neighbours: first all NOT, then all AND, then all OR. */
function operate(nodes: Node[]): Node[] {
	const left = nodes.filter(({ kind }) => kind !== 'blank' && kind !== 'boost');
	for (const name of ['NOT', 'AND', 'OR', 'ANDNOT']) {
		for (let at = 0; at < left.length; at++) {
			const node = left[at]!;
			if (node.kind !== 'operator' || node.name !== name) continue;
			const [before, after] = [left[at - 1], left[at + 1]];
			if (name === 'NOT') left.splice(at, 2, ...(after ? [group('NOT', [after])] : []));
			else if (before !== undefined && after !== undefined) {
				const parts = name === 'ANDNOT' ? [before, group('NOT', [after])] : [before, after];
				left.splice(at - 1, 3, group(name === 'OR' ? 'OR' : 'AND', parts));
				at--;
			} else left.splice(at--, 1);
		}
	}
	return left;
}

function structure(nodes: Node[]): Node[] {
	return operate(
		giveFields(joinWildcards(nodes)).map((node) =>
			node.kind === 'group' ? { ...node, nodes: structure(node.nodes) } : node,
		),
	);
}

/** The words for dates that 2.x knows by itself; `previous week` and its like came with 2.18. */
const SPOKEN = /^(today|yesterday|this month|this year)$/i;
const KEYWORDS =
	/\b(added|created|modified)\s*:\s*["']?(today|yesterday|this month|previous month|previous week|previous quarter|this year|previous year)["']?/gi;

/** 2.20 writes words for dates out before it parses the query. */
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

	/** Null for what the parser drops without a trace, for example a stop word. */
	read(node: Node, inherited: string | null): Query | null {
		if (node.kind === 'every') return { kind: 'all' };
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
		// A phrase needs places, which the index does not keep for whole values.
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
		// The spell checker breaks off at numbers that no document has.
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

	/** Only the beginning of a bound is read: of `2024-05-01` the year. */
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

export function during(field: string, { from, to }: dates.Period): Query {
	return { kind: 'number', field, test: (value) => value >= from && value < to };
}

/** `replaced` exchanges words (written `field:word`) for those of the spell checker. */
export function parseWhoosh(
	query: string,
	matcher: Matcher,
	now: number,
	replaced: ReadonlyMap<string, string> = new Map(),
): Parsed {
	const reader = new Reader(matcher, replaced, now);
	const nodes = structure(nest(tag(query.trim())));
	const parsed = reader.read({ kind: 'group', field: null, operator: 'AND', nodes }, null) ?? NONE;
	return { query: parsed, spots: reader.spots, failing: reader.failing, broken: reader.broken };
}
