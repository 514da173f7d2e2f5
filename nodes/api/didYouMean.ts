import { longestName, quotedName } from './quotedName';

/** With more letters changed, a name is not similar, however long it is. */
const mostChanges = 10;

/** Letters of all names together. More would block n8n for longer than anybody should notice. */
const mostLetters = 500_000;

/** The names to compare, as far as they are compared. */
function candidatesAmong(names: readonly string[]): Array<{ name: string; candidate: string }> {
	let left = mostLetters;
	return names.flatMap((name) => {
		const candidate = name.slice(0, longestName).toLowerCase();
		left -= candidate.length;
		return left > 0 ? [{ name, candidate }] : [];
	});
}

/**
 * The number of letters to change, insert or delete between two texts (Levenshtein). Only counts up
 * to `most` are needed, and they lie on a band beside the diagonal: names come from outside, and the
 * whole table is the product of both lengths.
 */
function distance(a: string, b: string, most: number): number {
	const more = most + 1;
	if (Math.abs(a.length - b.length) > most) return more;
	let row = Array.from({ length: b.length + 2 }, (_, at) => at);
	let next = [...row];
	for (let i = 1; i <= a.length; i += 1) {
		const from = i > most ? i - most : 1;
		const to = i + most < b.length ? i + most : b.length;
		const letter = a[i - 1];
		let before = from === 1 ? i : more;
		let least = before;
		next[from - 1] = before;
		for (let j = from; j <= to; j += 1) {
			const change = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
			const gap = ((row[j] ?? 0) < before ? (row[j] ?? 0) : before) + 1;
			before = change < gap ? change : gap;
			next[j] = before;
			if (before < least) least = before;
		}
		if (least > most) return more;
		next[to + 1] = more;
		[row, next] = [next, row];
	}
	return row[b.length] ?? 0;
}

/** Up to three similar names, the most similar first. */
function nearest(wanted: string, names: readonly string[]): string[] {
	if (wanted.length > longestName) return [];
	const text = wanted.toLowerCase();
	const most = Math.min(mostChanges, Math.max(1, Math.floor(text.length / 3)));
	return candidatesAmong(names)
		.map(({ name, candidate }) => {
			const isPart = text.length > 2 && (candidate.includes(text) || text.includes(candidate));
			return { name, far: isPart ? 1 : distance(text, candidate, most) };
		})
		.filter(({ far }) => far <= most)
		.sort((a, b) => a.far - b.far)
		.slice(0, 3)
		.map(({ name }) => name);
}

/** Says how to go on when a name matches nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
	const near = nearest(wanted, names).map(quotedName).join(', ');
	const hint = near === '' ? '' : `Did you mean ${near}? `;
	return `${hint}It may also be hidden from the token’s user. Choose an existing one, or create it first.`;
}
