import { PaperlessError } from '../../api/errors';
import type { PaperlessClient } from '../../api/paperlessClient';
import { requiredPermission } from '../../api/requiredPermission';
import { unlessForbidden } from '../../api/unlessForbidden';

/**
 * Rejects users who may change no documents at all. A document that they may not see would be reported
 * as missing, and they would look for it in vain.
 */
export async function requireChangePermission(
	api: PaperlessClient,
	[id = 0]: readonly number[],
): Promise<void> {
	const user = await unlessForbidden(api.system.currentUser(), undefined);
	if (user === undefined || user.permissions.includes('change_document')) return;
	throw new PaperlessError('forbidden', 'The token’s user may not do this', {
		description: requiredPermission({ method: 'PATCH', path: `api/documents/${id}/` }),
		status: 403,
	});
}
