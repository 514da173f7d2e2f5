import type { Kind } from '../../../api/kinds';
import { kinds } from '../../../api/kinds';
import type { Named } from '../../../api/schemas/named';
import type { Context } from '../../../toolkit/operation';

const owned = [
	'correspondent',
	'documentType',
	'storagePath',
	'tag',
	'savedView',
	'mailAccount',
	'mailRule',
] as const satisfies readonly Kind[];

const counted = (count: number, noun: string): string[] =>
	count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];

/** What belongs to a user, as far as the token’s user may see it: “3 documents”, “1 tag” … */
export function ownedBy({ api, names }: Context): (id: number) => Promise<string[]> {
	let trash: ReturnType<typeof api.trash.rows> | undefined;
	return async (id) => {
		const documents = await api.documents.page({ owner__id: String(id), fields: 'id' }, 1, 1);
		trash ??= api.trash.rows();
		const found = counted(documents.count, 'document');
		const trashed = (await trash).filter(({ owner }) => owner === id);
		found.push(...counted(trashed.length, 'document').map((words) => `${words} in the trash`));
		for (const kind of owned) {
			const rows: Named[] = await names.all(kind);
			found.push(...counted(rows.filter(({ owner }) => owner === id).length, kinds[kind].noun));
		}
		return found;
	};
}
