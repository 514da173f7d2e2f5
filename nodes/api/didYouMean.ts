import { longestName, quotedName } from './quotedName';

/** With more letters changed, a name is not similar, however long it is. */
const mostChanges = 10;

/**
 * The number of letters to change, insert or delete between two texts (Levenshtein). Counting ends
 * above `most`, because names come from outside and the count takes the product of both lengths.
 */
function distance(a: string, b: string, most: number): number {
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		let least = i;
		for (let j = 1; j <= b.length; j += 1) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			const count = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
			next.push(count);
			least = Math.min(least, count);
		}
		if (least > most) return least;
		row = next;
	}
	return row[b.length] ?? 0;
}

/** Up to three similar names, the most similar first. */
function nearest(wanted: string, names: readonly string[]): string[] {
	if (wanted.length > longestName) return [];
	const text = wanted.toLowerCase();
	const most = Math.min(mostChanges, Math.max(1, Math.floor(text.length / 3)));
	return names
		.map((name) => {
			const candidate = name.slice(0, longestName).toLowerCase();
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
