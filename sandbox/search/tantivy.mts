import { analyse, fold } from './analysis.mts';
import * as dates from './dates.mts';
import { DEFAULT_FIELDS, FIELDS } from './fields.mts';
import { clause, type Matcher, NONE, type Query, words } from './match.mts';

const ALIASES: Record<string, string> = {
	type: 'document_type',
	type_id: 'document_type_id',
	path: 'storage_path',
	path_id: 'storage_path_id',
};
const LISTS = new Set(['tag', 'tag_id', 'viewer_id']);

const PREPARED = [...Object.keys(ALIASES), ...Object.keys(FIELDS.tantivy)]
	.filter((name) => !/[.]|^simple_|^notes_|^id$/.test(name))
	.join('|');
const SPOKEN = '(?:today|yesterday|(?:this|previous) [a-z]+)(?=[\\s),]|$)';
const VALUE = `(?:${SPOKEN}|"[^"]*"|'[^']*'|[^\\s"'),[{][^\\s),]*)`;
/** A condition on a field that the server rewrites before it parses the query. */
const CONDITION = new RegExp(
	`(,?)(?<![\\p{L}\\p{N}_])(${PREPARED}):` +
		`(?:(\\[[^\\]]*\\]|\\{[^}]*\\})|(${VALUE}(?:,(?!(?:${PREPARED}):)${VALUE})*))`,
	'giu',
);

/** The search engine cannot parse the query. */
export class Unparsable extends Error {}

/** The server checks dates before it parses the query. */
export class InvalidDate extends Error {
	constructor(value: string, field: string) {
		const quoted = value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`;
		super(`Invalid date value ${quoted} for field '${field}'.`);
	}
}

const iso = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : '*');

function dateValue(field: string, value: string, now: number): string {
	const bare = value.replace(/^["']+|["']+$/g, '');
	const period =
		dates.keyword(bare, now) ??
		(/^(\d{4}(-\d\d(-\d\d)?)?|\d{6}|\d{8}|\d{14})$/.test(value)
			? dates.digits(value.replaceAll('-', ''))
			: null);
	if (period === null) throw new InvalidDate(value, field);
	return `${field}:[${iso(period.from)} TO ${iso(period.to)}}`;
}

function dateRange(field: string, from: string, to: string, now: number): string {
	const [first, last] = [from, to].map((bound) => {
		if (bound === '') return null;
		const at = dates.relative(bound.replace(/^now(?=[+-]\d+[dhm]$)/i, ''), now);
		const exact = bound.includes('T') ? Date.parse(bound) : (at ?? NaN);
		if (!Number.isNaN(exact)) return dates.moment(exact);
		const period = bound.includes('T') ? null : dates.digits(bound.replaceAll('-', ''));
		if (period === null) throw new InvalidDate(bound, field);
		return period;
	});
	// The real index cannot hold the sentinel for "no end", so it finds nothing.
	if (!last) return `${field}:[* TO ${iso(0)}}`;
	const [early, late] = first && last.from < first.from ? [last, first] : [first, last];
	return `${field}:[${iso(early?.from ?? -Infinity)} TO ${iso(late!.to)}}`;
}

/** Rewrites a query as the server does before its search engine parses it. */
function prepare(query: string, now: number): string {
	return query
		.replace(CONDITION, (_, comma: string, name: string, range: string, value: string) => {
			const field = ALIASES[name] ?? name;
			const and = comma === '' ? '' : ' AND ';
			const isDate = FIELDS.tantivy[field]?.kind === 'date';
			if (range !== undefined) {
				const [from = '', to = ''] = range
					.slice(1, -1)
					.split(/(?:^|\s+)to(?:\s+|$)/i)
					.map((bound) => bound.trim());
				if (isDate) return and + dateRange(field, from, to, now);
				return `${and}${field}:${range[0]}${from} TO ${to}${range.at(-1)}`;
			}
			if (isDate) return and + dateValue(field, value, now);
			const values = LISTS.has(field) ? value.split(',').filter((part) => part !== '') : [value];
			return and + values.map((part) => `${field}:${part}`).join(' AND ');
		})
		.replace(/ {2,}/g, ' ')
		.replace(/\s+[-+]+\s*$/, '')
		.trim()
		.replace(/\s+[-+]\s+/g, ' ')
		.trim();
}

type Item = { operator: string | null; sign: string | null; query: Query };
type Leaf = { text: string; slop: number; prefix: boolean };

/** The strict parser of the search engine. A remainder makes the query unparsable. */
class Parser {
	private at = 0;
	private readonly source: string;
	private readonly matcher: Matcher;
	private readonly defaults: string[];

	constructor(source: string, matcher: Matcher, defaults: string[]) {
		this.source = source;
		this.matcher = matcher;
		this.defaults = defaults;
	}

	parse(): Query {
		if (this.source.trim() === '') return NONE;
		const query = this.list(null);
		if (this.at < this.source.length || (!isEmpty(query) && onlyExcludes(query))) {
			throw new Unparsable();
		}
		return query;
	}

	private eat(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		const match = pattern.exec(this.source);
		if (match !== null) this.at = pattern.lastIndex;
		return match;
	}

	private list(field: string | null): Query {
		this.eat(/\s*/y);
		const items: Item[] = [{ operator: null, ...this.item(field) }];
		while (this.eat(/\s+(?=[^\s)])/y)) {
			const operator = this.eat(/(AND|OR) \s*/y)?.[1] ?? null;
			items.push({ operator, ...this.item(field) });
		}
		this.eat(/\s*/y);
		return combine(items);
	}

	private item(field: string | null): Omit<Item, 'operator'> {
		const sign = this.eat(/[-+]/y)?.[0] ?? null;
		const query = this.leaf(field);
		const boost = Number(this.eat(/\^(\d+(?:\.\d+)?)/y)?.[1] ?? 1);
		return {
			sign,
			query: boost === 1 ? query : ({ ...clause({ must: [query] }), boost } as Query),
		};
	}

	private leaf(inherited: string | null): Query {
		if (this.eat(/\(/y)) return this.closed(inherited);
		if (this.eat(/\*(?=[\s)^`:{}"'[\](]|$)/y)) return { kind: 'all' };
		if (this.eat(/NOT\s+/y)) return clause({ not: [this.leaf(inherited)] });
		const name =
			this.eat(/([^-+^`:{}"'[\]()!\\* ][^+^`:{}"'[\]()!\\* ]*)\s*:\s*/y)?.[1] ?? inherited;
		if (name !== null && this.eat(/\(/y)) return this.closed(name);
		if (name !== null && !Object.hasOwn(FIELDS.tantivy, name)) throw new Unparsable();
		const bounds =
			this.eat(/\s*([<>]=?)\s*([^\s`{}"[\]()]+)/y) ??
			this.eat(/([[{])\s*([^\s`{}"[\]()]+)\s+TO\s+([^\s`{}"[\]()]+)\s*([\]}])/y);
		if (bounds !== null) return this.range(name, bounds);
		if (name !== null && this.eat(/\*(?=[\s)^`:{}"'[\](]|$)/y))
			return { kind: 'exists', field: name };
		if (this.eat(/\/(?:\\\/|[^/])+\/(?=[\s)^]|$)/y)) throw new Unparsable();
		const leaf = this.term();
		if (name !== null) return this.literal(name, leaf) ?? clause({});
		const parts = this.defaults.flatMap((field) => this.literal(field, leaf) ?? []);
		return clause({ should: parts });
	}

	private closed(field: string | null): Query {
		const query = this.list(field);
		if (!this.eat(/\)/y)) throw new Unparsable();
		return query;
	}

	private term(): Leaf {
		const quoted = this.eat(/"((?:\\.|[^"])*)"|'((?:\\.|[^'])*)'/sy);
		const word = quoted
			? null
			: this.eat(/(?:\\.|[^-\s^`:{}"'[\]()\\])(?:\\.|[^\s^`:{}"'[\]()\\])*/sy);
		const text = quoted ? (quoted[1] ?? quoted[2] ?? '') : word?.[0];
		if (text === undefined || (word !== null && /^(AND|OR|NOT|IN)$/.test(text))) {
			throw new Unparsable();
		}
		const extra = this.eat(/\*|~(\d+)/y);
		return {
			text: text.replace(/\\(.)/gs, '$1'),
			slop: 1 + Number(extra?.[1] ?? 0),
			prefix: extra?.[0] === '*',
		};
	}

	private literal(name: string, { text, slop, prefix }: Leaf): Query | null {
		const field = FIELDS.tantivy[name]!;
		if ('numbers' in field) {
			const wanted =
				field.kind === 'date' ? Date.parse(text) : /^\d+$/.test(text) ? Number(text) : NaN;
			if (Number.isNaN(wanted)) throw new Unparsable();
			return { kind: 'number', field: name, test: (value) => value === wanted };
		}
		const parts = field.kind === 'keyword' ? [text] : analyse('tantivy', text);
		if (parts.length === 0) return null;
		const sets = parts.map((part) => new Set([this.matcher.tokens.vocabulary.add(part)]));
		if (prefix) {
			const last = fold(parts.at(-1)!);
			sets[sets.length - 1] = this.matcher.expand(name, (word) => word.startsWith(last));
		}
		return words(name, sets, slop, name === 'title' ? 2 : 1);
	}

	private range(name: string | null, [, sign, first = '', second, close]: RegExpExecArray): Query {
		if (name === null) throw new Unparsable();
		const field = FIELDS.tantivy[name]!;
		const [low, high] =
			second === undefined
				? sign!.startsWith('>')
					? [first, '*']
					: ['*', first]
				: [first, second];
		const open = [sign === '>' || sign === '{', sign === '<' || close === '}'];
		// Clients do not search for ranges of words.
		if (!('numbers' in field)) return NONE;
		const [from, to] = [low, high].map((bound, index) => {
			if (bound === '*') return index === 0 ? -Infinity : Infinity;
			const value =
				field.kind === 'date' ? Date.parse(bound) : /^\d+$/.test(bound) ? Number(bound) : NaN;
			if (Number.isNaN(value)) throw new Unparsable();
			return value;
		}) as [number, number];
		const test = (value: number) =>
			(open[0] ? value > from : value >= from) && (open[1] ? value < to : value <= to);
		return { kind: 'number', field: name, test };
	}
}

const isNegation = (query: Query) =>
	query.kind === 'clause' && query.not.length > 0 && query.must.length + query.should.length === 0;

/** The search engine rejects a query that only excludes words. */
function onlyExcludes(query: Query): boolean {
	return query.kind === 'clause' && [...query.must, ...query.should].every(onlyExcludes);
}

const isEmpty = (query: Query) =>
	query.kind === 'clause' && query.must.length + query.should.length + query.not.length === 0;

/** `AND` joins its neighbors into one clause. All other parts stay separate. */
function combine(items: Item[]): Query {
	const groups: [string, Query][][] = [];
	items.forEach(({ operator, sign, query }, index) => {
		const next = items[index + 1]?.operator ?? null;
		if (operator === 'AND' && groups.length > 0) groups.at(-1)!.push([sign ?? '+', query]);
		else if (next === 'AND') groups.push([[sign ?? '+', query]]);
		else if (sign === '-' && (operator === 'OR' || next === 'OR')) {
			groups.push([['?', clause({ not: [query] })]]);
		} else groups.push([[sign ?? (operator === null && next === null ? '' : '?'), query]]);
	});
	const flat: [string, Query][] =
		groups.length === 1
			? groups[0]!
			: groups.map((group) => (group.length === 1 ? group[0]! : ['?', build(group)]));
	const [only] = flat;
	return flat.length === 1 && only![0] !== '-' ? only![1] : build(flat);
}

function build(parts: [string, Query][]): Query {
	const built = clause({ must: [], should: [], not: [] }) as Query & { kind: 'clause' };
	for (const [sign, query] of parts) {
		if (isEmpty(query)) continue;
		// `a NOT b`: a negation without an operator applies to the whole query.
		if (sign === '' && isNegation(query)) built.not.push(...(query as typeof built).not);
		else (sign === '+' ? built.must : sign === '-' ? built.not : built.should).push(query);
	}
	return built;
}

export function parseTantivy(query: string, matcher: Matcher, now: number): Query {
	return new Parser(prepare(query, now), matcher, DEFAULT_FIELDS.tantivy).parse();
}

/** Plain words in one field, for the excerpts of notes and of the simple search. */
export function parsePlain(query: string, matcher: Matcher, field: string): Query {
	return new Parser(query, matcher, [field]).parse();
}

/** `text=` and `title_search=`: the first word may match inside a word, the others at its start. */
export function parseSimple(query: string, matcher: Matcher, fields: string[]): Query {
	const chunks = fold(query).match(/\S+/g) ?? [];
	if (chunks.length === 0) return NONE;
	return clause({
		should: fields.map((field) =>
			words(
				field,
				chunks.map((chunk, index) =>
					matcher.expand(field, (word) =>
						index === 0 ? word.includes(chunk) : word.startsWith(chunk),
					),
				),
				1,
				field === 'simple_title' ? 2 : 1,
			),
		),
	});
}
