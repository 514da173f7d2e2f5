import { mayBeLocked } from './mayBeLocked';
import type { PaperlessClient } from './paperlessClient';

/** Milliseconds before each attempt. The work that the server does after an edit takes about a second. */
export const lockPauses = [500, 2000, 5000];

const unlessLocked = (thrown: unknown): undefined => {
	if (!mayBeLocked(thrown)) throw thrown;
};

/** Makes a change again that the server did not complete. `change` must not do anything twice. */
export async function untilUnlocked<T>(
	{ wait }: Pick<PaperlessClient, 'wait'>,
	change: () => Promise<T>,
): Promise<T> {
	for (const pause of lockPauses) {
		const done = await change().then((value) => ({ value }), unlessLocked);
		if (done !== undefined) return done.value;
		await wait(pause);
	}
	return await change();
}
