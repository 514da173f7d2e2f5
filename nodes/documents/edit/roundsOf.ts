/**
 * Distributes edits to rounds: what one edit touches in a round, no other edit of that round
 * touches. Edits that aim at one target stay in their order. Returns the round of each edit.
 */
export function roundsOf(targetsOfEdits: ReadonlyArray<readonly number[]>): number[] {
	const next = new Map<number, number>();
	return targetsOfEdits.map((targets) => {
		const round = targets.reduce((latest, id) => Math.max(latest, next.get(id) ?? 0), 0);
		for (const id of targets) next.set(id, round + 1);
		return round;
	});
}
