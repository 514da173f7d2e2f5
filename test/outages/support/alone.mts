import { type Host, startHost } from '../../../scripts/n8n/host.mts';
import { stopShared } from '../../e2e/support/shared.mts';
import { startShared } from '../../e2e/support/start.mts';
import { World } from '../../e2e/support/world.mts';
import { durableCursors, everyMinute } from './durableCursors.mts';

/** Enough to install n8n's data folder anew and to start n8n three times on a busy machine. */
export const threeStarts = 360_000;

export interface Alone {
	host: Host;
	world: World;
	close(): Promise<void>;
}

/** An n8n and a Paperless-ngx that no other test uses, so that either may be stopped. */
export async function openAlone(name: string, cursors: 'plain' | 'durable'): Promise<Alone> {
	const isDurable = cursors === 'durable';
	const settings = isDurable ? durableCursors : {};
	const host = await startShared(async () => await startHost({ name, fresh: true, settings }));
	const world = await World.open();
	if (isDurable) world.pollTimes = everyMinute;
	const close = async () => {
		// The n8n is not used again, but the archive may be a real one.
		await world.clear();
		await stopShared();
	};
	return { host, world, close };
}
