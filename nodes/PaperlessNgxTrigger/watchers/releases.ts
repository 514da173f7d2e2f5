import { z } from 'zod';
import { eventId } from '../../events/events';
import { hasPassed, hour } from '../../events/stamps';
import type { Context, Output } from '../../toolkit/operation';
import { watcher } from './defineWatcher';

const day = 24 * hour;
/** What a server says that could not ask (paperless-api §8). */
const unknownVersion = '0.0.0';

async function ask({ api }: Context) {
	const [server, remote] = [await api.server(), await api.system.remoteVersion()];
	return { installed: server.version, ...remote, version: remote.version.replace(/^v/, '') };
}

const item = (installed: string, version: string): Output => ({
	json: {
		event: 'newVersionAvailable',
		event_id: eventId('newVersionAvailable', version),
		installed_version: installed,
		new_version: version,
		release_notes_url: `https://github.com/paperless-ngx/paperless-ngx/releases/tag/v${version}`,
	},
});

/** Asks at most once a day, and reports each release once. What is out at the start is not news. */
export const releases = watcher({
	event: 'newVersionAvailable',
	schema: z.object({ version: z.string(), askedAt: z.number() }),
	async begin(context) {
		const { installed, version } = await ask(context);
		return { version: version === unknownVersion ? installed : version, askedAt: context.now() };
	},
	async look(context, _, before) {
		const now = context.now();
		if (!hasPassed(day, before.askedAt, now)) return { state: before, items: [] };
		const { installed, version, update_available } = await ask(context);
		if (version === unknownVersion) return { state: { ...before, askedAt: now }, items: [] };
		const isNews = update_available && version !== before.version;
		return {
			state: { version, askedAt: now },
			items: isNews ? [item(installed, version)] : [],
		};
	},
	async sample(context) {
		const { installed, version } = await ask(context);
		return [item(installed, version === unknownVersion ? installed : version)];
	},
});
