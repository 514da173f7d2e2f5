import { reading } from './reading';

const releaseNotes = 'https://github.com/paperless-ngx/paperless-ngx/releases/tag';

export const checkForUpdate = reading(
	{
		value: 'checkForUpdate',
		name: 'Check for Update',
		action: 'Check for update',
		description: 'Compare the version of the server with the newest release',
	},
	async ({ api }) => {
		const [server, remote] = [await api.server(), await api.system.remoteVersion()];
		// The server reports this version when it cannot reach GitHub.
		const isKnown = remote.version !== '0.0.0';
		return {
			installed_version: server.version,
			latest_version: isKnown ? remote.version.replace(/^v/, '') : null,
			update_available: remote.update_available,
			...(isKnown && {
				release_notes_url: `${releaseNotes}/${encodeURIComponent(remote.version)}`,
			}),
		};
	},
);
