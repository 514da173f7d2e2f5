import { z } from 'zod';
import { eventId } from '../../events/events';
import { day, hasPassed } from '../../events/hasPassed';
import type { Context, Output } from '../../toolkit/operation';
import { defineWatcher } from './defineWatcher';

/**
 * The server reports this version when it could not reach GitHub
 * (docs/paperless-api.md#release-check).
 */
const unknownVersion = '0.0.0';

async function fetchVersions({ api }: Context) {
	const [server, remote] = [await api.server(), await api.system.remoteVersion()];
	return { installed: server.version, ...remote, version: remote.version.replace(/^v/, '') };
}

const itemOf = (installed: string, version: string): Output => ({
	json: {
		event: 'newVersionAvailable',
		event_id: eventId('newVersionAvailable', version),
		installed_version: installed,
		new_version: version,
		release_notes_url: `https://github.com/paperless-ngx/paperless-ngx/releases/tag/v${encodeURIComponent(version)}`,
	},
});

/** Reports each release once; a release that is already out at the start is not reported. */
export const releases = defineWatcher({
	event: 'newVersionAvailable',
	schema: z.object({ version: z.string(), askedAt: z.number() }),
	async start(context) {
		const { installed, version } = await fetchVersions(context);
		return { version: version === unknownVersion ? installed : version, askedAt: context.now() };
	},
	async check(context, _, before) {
		const now = context.now();
		if (!hasPassed(day, before.askedAt, now)) return { state: before, items: [] };
		const { installed, version, update_available } = await fetchVersions(context);
		if (version === unknownVersion) return { state: { ...before, askedAt: now }, items: [] };
		const isNew = update_available && version !== before.version;
		return {
			state: { version, askedAt: now },
			items: isNew ? [itemOf(installed, version)] : [],
		};
	},
	async sample(context) {
		const { installed, version } = await fetchVersions(context);
		return [itemOf(installed, version === unknownVersion ? installed : version)];
	},
});
