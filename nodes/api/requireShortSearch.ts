import { characterCount } from './characterCount';
import type { Connection } from './connection';
import { PaperlessError } from './errors';

/** Characters; a longer search is rejected from 3.2 on (docs/paperless-api.md#search-lengths). */
const longestSearch = 4096;

/** Throws an error of the kind `invalid` for a search that this server takes for too long. */
export async function requireShortSearch(
	connection: Connection,
	text: string | undefined,
	parameter?: string,
): Promise<void> {
	const length = characterCount(text ?? '');
	if (length <= longestSearch || !(await connection.server()).has('limitsSearches')) return;
	throw new PaperlessError('invalid', `The search is too long: it has ${length} characters`, {
		description: `Paperless-ngx 3.2 and later take at most ${longestSearch}. Search for fewer words.`,
		parameter,
	});
}
