import { eventId } from '../events/events';
import type { TriggerState } from '../events/state';
import type { Context, Output } from '../toolkit/operation';

type Release = NonNullable<TriggerState['release']>;

const day = 86_400_000;
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
export async function newRelease(
	context: Context,
	before: Release | undefined,
): Promise<{ release: Release; items: Output[] }> {
	const now = context.now();
	if (before && now - before.askedAt < day) return { release: before, items: [] };
	const { installed, version, update_available } = await ask(context);
	if (version === unknownVersion) {
		return { release: { version: before?.version ?? installed, askedAt: now }, items: [] };
	}
	const isNews = before !== undefined && update_available && version !== before.version;
	return { release: { version, askedAt: now }, items: isNews ? [item(installed, version)] : [] };
}

export async function releaseSample(context: Context): Promise<Output[]> {
	const { installed, version } = await ask(context);
	return [item(installed, version === unknownVersion ? installed : version)];
}
