import { FIELDS } from './fields.mts';

export type Text = {
	kind: 'word' | 'phrase' | 'wild';
	field: string | null;
	text: string;
	start: number;
	end: number;
	slop?: number;
};
export type Range = { kind: 'range'; field: string | null; from: string; to: string };
export type Node =
	| Text
	| Range
	| { kind: 'group'; field: string | null; operator: 'AND' | 'OR' | 'NOT'; nodes: Node[] }
	| { kind: 'operator'; name: string }
	| { kind: 'field'; name: string; start: number; end: number }
	| { kind: 'blank' | 'open' | 'close' | 'boost' };

// In the order in which the real parser tries them at every position of the query.
const TAGS: [RegExp, (match: RegExpExecArray) => Node][] = [
	[/\*:\*/y, (match) => text('wild', match, '*')],
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
		begun = end;
	};
	for (let at = 0; at < query.length; ) {
		const node = nodeAt(query, at);
		if (node === null) {
			at++;
			continue;
		}
		flush(at);
		at += node.length;
		// An unknown field name starts a separate word.
		if (node.kind === 'field' && !Object.hasOwn(FIELDS.whoosh, node.name)) continue;
		nodes.push(node);
		begun = at;
	}
	flush(query.length);
	return nodes;
}

function nodeAt(query: string, at: number): (Node & { length: number }) | null {
	for (const [pattern, make] of TAGS) {
		pattern.lastIndex = at;
		const match = pattern.exec(query);
		if (match !== null) return { ...make(match), length: match[0].length };
	}
	return null;
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

export const isText = (node: Node | undefined): node is Text =>
	node?.kind === 'word' || node?.kind === 'phrase' || node?.kind === 'wild';

/** Joins wildcards with the letters around them. Only the wildcard itself keeps its position. */
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

/** Applies every field name to the part after it. Without such a part the name is a word. */
function giveFields(nodes: Node[]): Node[] {
	return nodes.flatMap((node, index): Node[] => {
		const before = nodes[index - 1];
		const after = nodes[index + 1];
		if (node.kind === 'field') {
			if (after !== undefined && 'field' in after) return [];
			return [{ ...node, kind: 'word', field: null, text: `${node.name}:` }];
		}
		if (before?.kind !== 'field' || !('field' in node)) return [node];
		return [{ ...node, field: node.field ?? before.name }];
	});
}

function group(operator: 'AND' | 'OR' | 'NOT', nodes: Node[]): Node {
	return { kind: 'group', field: null, operator, nodes };
}

/** Operators bind their neighbors: first all NOT, then all AND, then all OR. */
function operate(nodes: Node[]): Node[] {
	const left = nodes.filter(({ kind }) => kind !== 'blank' && kind !== 'boost');
	for (const name of ['NOT', 'AND', 'OR']) {
		for (let at = 0; at < left.length; at++) {
			const node = left[at]!;
			if (node.kind !== 'operator' || node.name !== name) continue;
			const [before, after] = [left[at - 1], left[at + 1]];
			if (name === 'NOT') left.splice(at, 2, ...(after ? [group('NOT', [after])] : []));
			else if (before !== undefined && after !== undefined) {
				left.splice(at - 1, 3, group(name === 'OR' ? 'OR' : 'AND', [before, after]));
				at--;
			} else left.splice(at--, 1);
		}
	}
	return left;
}

/** The query as a tree, by the rules of the parser of 2.x, which never reports a syntax error. */
export function parseSyntax(query: string): Node[] {
	return structure(nest(tag(query.trim())));
}

function structure(nodes: Node[]): Node[] {
	return operate(
		giveFields(joinWildcards(nodes)).map((node) =>
			node.kind === 'group' ? { ...node, nodes: structure(node.nodes) } : node,
		),
	);
}
