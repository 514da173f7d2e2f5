/** The number of letters to change, insert or delete between two texts (Levenshtein). */
function distance(a: string, b: string): number {
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
}

/** Up to three similar names, the most similar first. */
function nearest(wanted: string, names: readonly string[]): string[] {
	const text = wanted.toLowerCase();
	return names
		.map((name) => {
			const candidate = name.toLowerCase();
			const isPart = text.length > 2 && (candidate.includes(text) || text.includes(candidate));
			return { name, far: isPart ? 1 : distance(text, candidate) };
		})
		.filter(({ far }) => far <= Math.max(1, Math.floor(text.length / 3)))
		.sort((a, b) => a.far - b.far)
		.slice(0, 3)
		.map(({ name }) => name);
}

/** Says how to go on when a name matches nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
	const near = nearest(wanted, names)
		.map((name) => `“${name}”`)
		.join(', ');
	const hint = near === '' ? '' : `Did you mean ${near}? `;
	return `${hint}It may also be hidden from the token’s user. Choose an existing one, or create it first.`;
}
