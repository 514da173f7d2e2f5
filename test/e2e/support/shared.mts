export interface Shared {
	n8n: { url: string; logFile: string };
	paperless: { url: string; token: string; version: string };
	/** Paths inside the tarball of the package. */
	packedFiles: string[];
}

const VARIABLE = 'E2E_SHARED';

/** The runner loads its set-up and its tear-down apart, and the tests in rooms of their own. */
const stops = globalThis as { stopSharedOfE2e?: () => Promise<void> };

export function share(shared: Shared, stop: () => Promise<void>): void {
	process.env[VARIABLE] = JSON.stringify(shared);
	stops.stopSharedOfE2e = stop;
}

export function shared(): Shared {
	const text = process.env[VARIABLE];
	if (!text) throw new Error('The end-to-end tests have not been set up.');
	return JSON.parse(text) as Shared;
}

export async function stopShared(): Promise<void> {
	await stops.stopSharedOfE2e?.();
}
