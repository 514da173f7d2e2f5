import { z } from 'zod';
import type { Connection } from './connection';

/** Characters. The trigger saves the version between polls. */
const longestVersion = 100;

const record = z.record(z.unknown());

/**
 * The server itself: its state, its settings and its logs (docs/paperless-api.md#system-routes).
 */
export function system(connection: Connection) {
	return {
		/** Requires no permission; counts only objects that the user may see. */
		statistics: () => connection.get('api/statistics/', {}, record),
		/** For administrators; from 3.0 on also with the permission `view_system_monitoring`. Can take seconds. */
		status: () => connection.get('api/status/', {}, record),
		/** The server asks GitHub. The version is “0.0.0” where it cannot reach GitHub. */
		remoteVersion: () =>
			connection.get(
				'api/remote_version/',
				{},
				z.object({ version: z.string().max(longestVersion), update_available: z.boolean() }),
			),
		/** The server replies with a list of one object. */
		async configuration(): Promise<Record<string, unknown>> {
			const [first = {}] = await connection.get('api/config/', {}, z.array(record));
			return first;
		},
		updateConfiguration: (changes: Record<string, unknown>) =>
			connection.send('PATCH', 'api/config/1/', { json: changes }, record),
		/** Names of the existing logs. */
		logs: () => connection.get('api/logs/', {}, z.array(z.string())),
		/** Oldest line first. Servers before 2.19.4 ignore `limit`. */
		log: (name: string, limit: number) =>
			connection.get(`api/logs/${name}/`, { limit: String(limit) }, z.array(z.string())),
		/** The only route that reports the id and the permissions of the token's user. */
		currentUser: () =>
			connection.get(
				'api/ui_settings/',
				{},
				z.object({ user: record, settings: record.optional(), permissions: z.array(z.string()) }),
			),
	};
}
