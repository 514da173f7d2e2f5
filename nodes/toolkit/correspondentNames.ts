import { wholeList } from '../api/kinds';
import type { PaperlessClient } from '../api/paperlessClient';
import { namesIfSeen } from './namesIfSeen';

/** The names of correspondents by their ids, as far as the user may see them. */
export async function correspondentNames(
	client: PaperlessClient,
	ids: ReadonlyArray<number | null | undefined>,
): Promise<Map<number, string>> {
	const wanted = [...new Set(ids)].filter((id) => typeof id === 'number');
	if (wanted.length === 0) return new Map();
	return await namesIfSeen(client.correspondents.list({ id__in: wanted.join(',') }, wholeList));
}
