/** Starts the works it is given in their order, at most `count` of them at a time. */
export function atMost(count: number) {
	const waiting: Array<() => void> = [];
	let free = count;
	return async <T>(work: () => Promise<T>): Promise<T> => {
		if (free > 0) free -= 1;
		else await new Promise<void>((begin) => waiting.push(begin));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free += 1;
		}
	};
}
