import { z } from 'zod';
import type { Connection } from './connection';

const record = z.record(z.unknown());

/** Readings of the server itself (paperless-api §8, §3.19). */
export function system(connection: Connection) {
	return {
		/** Needs no permission; counts what the user may see. */
		statistics: async () => await connection.get('api/statistics/', {}, record),
		/** For staff; 3.0 also by the permission `view_system_monitoring`. Can take seconds. */
		status: async () => await connection.get('api/status/', {}, record),
		/** Asks GitHub; version “0.0.0” where the server cannot reach it. */
		remoteVersion: async () =>
			await connection.get(
				'api/remote_version/',
				{},
				z.object({ version: z.string(), update_available: z.boolean() }),
			),
		/** One object in a list. */
		async configuration(): Promise<Record<string, unknown>> {
			const [first = {}] = await connection.get('api/config/', {}, z.array(record));
			return first;
		},
		updateConfiguration: async (changes: Record<string, unknown>) =>
			await connection.send('PATCH', 'api/config/1/', { json: changes }, record),
		/** Names of the logs that exist. */
		logs: async () => await connection.get('api/logs/', {}, z.array(z.string())),
		/** Oldest line first; `limit` is understood from 2.19.4 on and ignored before. */
		log: async (name: string, limit: number) =>
			await connection.get(`api/logs/${name}/`, { limit: String(limit) }, z.array(z.string())),
		/** The only place that tells the own id and permissions. */
		currentUser: async () =>
			await connection.get(
				'api/ui_settings/',
				{},
				z.object({ user: record, settings: record.optional(), permissions: z.array(z.string()) }),
			),
	};
}
