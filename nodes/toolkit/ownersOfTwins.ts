import { wholeList } from '../api/kinds';
import type { PaperlessClient } from '../api/paperlessClient';
import type { Named } from '../api/schemas/named';
import { namesIfSeen } from './namesIfSeen';

/** The owner behind names that several objects of the list have, where the user may see it. */
export async function ownersOfTwins(client: PaperlessClient, rows: Named[]): Promise<Named[]> {
	const counts = new Map<string, number>();
	for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1);
	const isTwin = ({ name }: Named) => (counts.get(name) ?? 0) > 1;
	if (!rows.some(isTwin)) return rows;
	const users = await namesIfSeen(client.users.list({}, wholeList));
	const ownerOf = ({ owner }: Named & { owner?: number | null }) =>
		owner ? (users.get(owner) ?? `user ${owner}`) : 'no owner';
	return rows.map((row) => (isTwin(row) ? { ...row, name: `${row.name} (${ownerOf(row)})` } : row));
}
