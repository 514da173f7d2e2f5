import { isRecord } from '../../../api/json';
import type { Json } from '../../../toolkit/operation';
import { reading } from './reading';
import { unlessForbidden } from '../../../api/unlessForbidden';

const part = (json: Json, key: string): Json => {
	const value = json[key];
	return isRecord(value) ? value : {};
};

export const getSensors = reading(
	{
		value: 'getSensors',
		name: 'Get Sensors',
		action: 'Get sensors',
		description:
			'Retrieve counts, health, free storage and update in one flat item, e.g. for a dashboard',
	},
	async ({ api }) => {
		const [statistics, status, remote, server] = [
			await api.system.statistics(),
			// Only administrators may read the status; all other sensors work without it.
			await unlessForbidden<Json, Json>(api.system.status(), {}),
			await api.system.remoteVersion(),
			await api.server(),
		];
		const storage = part(status, 'storage');
		const tasks = part(status, 'tasks');
		return {
			documents_total: statistics.documents_total ?? null,
			documents_inbox: statistics.documents_inbox ?? null,
			characters_total: statistics.character_count ?? null,
			tags_total: statistics.tag_count ?? null,
			correspondents_total: statistics.correspondent_count ?? null,
			document_types_total: statistics.document_type_count ?? null,
			storage_total_bytes: storage.total ?? null,
			storage_available_bytes: storage.available ?? null,
			database_status: part(status, 'database').status ?? null,
			redis_status: tasks.redis_status ?? null,
			celery_status: tasks.celery_status ?? null,
			index_status: tasks.index_status ?? null,
			classifier_status: tasks.classifier_status ?? null,
			sanity_check_status: tasks.sanity_check_status ?? null,
			update_available: remote.update_available,
			installed_version: server.version,
		};
	},
);
