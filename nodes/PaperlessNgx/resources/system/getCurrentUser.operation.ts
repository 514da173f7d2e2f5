import { PaperlessError } from '../../../api/errors';
import { reading } from './reading';

export const getCurrentUser = reading(
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
				description: 'The server may be newer than this node. Please report this.',
			});
		}
		return { ...user, permissions };
	},
);
