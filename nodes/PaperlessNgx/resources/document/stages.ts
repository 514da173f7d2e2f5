import { atMost } from '../../../api/atMost';
import { asError } from '../../../api/errors';

type Piece = { itemIndex: number };

/**
 * Work on the pieces of all input items in stages, with `atOnce` pieces under way together. A
 * piece that fails is left out of the later stages. The first error of each item is kept in
 * `failures`, by the index of the item.
 */
export function stages(atOnce: number) {
	const limit = atMost(atOnce);
	const failures = new Map<number, Error>();
	const stage = async <P extends Piece, Result>(
		pieces: readonly P[],
		work: (piece: P) => Promise<Result>,
	): Promise<Result[]> => {
		const results = await Promise.all(
			pieces.map((piece) =>
				limit(() => work(piece)).then(
					(result) => [result],
					(thrown: unknown): Result[] => {
						if (!failures.has(piece.itemIndex)) failures.set(piece.itemIndex, asError(thrown));
						return [];
					},
				),
			),
		);
		return results.flat();
	};
	return { stage, failures };
}
