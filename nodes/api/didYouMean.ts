/** Texts that are a few letters apart, the nearest first (Levenshtein). */
function nearest(wanted: string, names: readonly string[]): string[] {
	const distance = (a: string, b: string): number => {
		let row = Array.from({ length: b.length + 1 }, (_, index) => index);
		for (let i = 1; i <= a.length; i += 1) {
			const next = [i];
			for (let j = 1; j <= b.length; j += 1) {
				const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
				next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
			}
			row = next;
		}
		return row[b.length] ?? 0;
	};
	const own = wanted.toLowerCase();
	return names
		.map((name) => {
			const other = name.toLowerCase();
			const contained = own.length > 2 && (other.includes(own) || own.includes(other));
			return { name, far: contained ? 1 : distance(own, other) };
		})
		.filter(({ far }) => far <= Math.max(1, Math.floor(own.length / 3)))
		.sort((a, b) => a.far - b.far)
		.slice(0, 3)
		.map(({ name }) => name);
}

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ');

/** How to go on when a name matches nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
	const near = nearest(wanted, names);
	const hint = near.length > 0 ? `Did you mean ${quoted(near)}? ` : '';
	return `${hint}It may also be hidden from the token’s user. Choose an existing one, or create it first.`;
}
