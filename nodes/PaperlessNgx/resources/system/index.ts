import { PaperlessError } from '../../../api/errors';
import type { Resource } from '../../../toolkit/operation';
import { getLogs } from './getLogs.operation';
import { reading } from './reading';
import { getSensors } from './sensors';
import { updateConfiguration } from './updateConfiguration.operation';

const getStatistics = reading(
	{
		value: 'getStatistics',
		name: 'Get Statistics',
		action: 'Get statistics',
		description: 'Retrieve the numbers of documents, of those in the inbox, of tags and so on',
	},
	async ({ api }) => await api.system.statistics(),
);

const getStatus = reading(
	{
		value: 'getStatus',
		name: 'Get Status',
		action: 'Get status',
		description: 'Retrieve the health of database, queue, index, classifier and storage',
	},
	async ({ api }) => await api.system.status(),
);

const checkForUpdate = reading(
	{
		value: 'checkForUpdate',
		name: 'Check for Update',
		action: 'Check for update',
		description: 'Compare the version of the server with the newest release',
	},
	async ({ api }) => {
		const [server, remote] = [await api.server(), await api.system.remoteVersion()];
		const known = remote.version !== '0.0.0';
		return {
			installed_version: server.version,
			latest_version: known ? remote.version.replace(/^v/, '') : null,
			update_available: remote.update_available,
			...(known && {
				release_notes_url: `https://github.com/paperless-ngx/paperless-ngx/releases/tag/${remote.version}`,
			}),
		};
	},
);

const getConfiguration = reading(
	{
		value: 'getConfiguration',
		name: 'Get Configuration',
		action: 'Get configuration',
		description:
			'Retrieve the settings for OCR, barcodes and so on; null means the server’s default',
	},
	async ({ api }) => await api.system.configuration(),
);

const getCurrentUser = reading(
	{
		value: 'getCurrentUser',
		name: 'Get Current User',
		action: 'Get current user',
		description: 'Retrieve the user that the token belongs to, with the permissions in effect',
	},
	async ({ api }) => {
		const { user, permissions } = await api.system.currentUser();
		if (typeof user.id !== 'number') {
			throw new PaperlessError('unexpectedReply', 'Paperless-ngx did not name the user', {
				description: 'The server may be newer than this node; please report it.',
			});
		}
		return { ...user, permissions };
	},
);

export const system: Resource = {
	value: 'system',
	name: 'System',
	operations: [
		checkForUpdate,
		getConfiguration,
		getCurrentUser,
		getLogs,
		getSensors,
		getStatistics,
		getStatus,
		updateConfiguration,
	],
};
