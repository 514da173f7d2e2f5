import { readFile } from 'node:fs/promises';
import type { RecordedName } from '../../../sandbox/profiles.mts';

export interface ListedDifference {
	profiles: string;
	chapter: string;
	title: string;
	reason: string;
}

const file = new URL('../../../sandbox/differences.md', import.meta.url);

/** The rows of the table in `differences.md`; `*` in a title stands for any text. */
export async function readDifferences(): Promise<ListedDifference[]> {
	const text = await readFile(file, 'utf8');
	return text.split('\n').flatMap((line) => {
		const [, profiles = '', chapter = '', title = '', reason = ''] = line
			.split(/(?<!\\)\|/)
			.map((cell) => cell.trim().replaceAll('\\|', '|'));
		const isRow = reason !== '' && profiles !== 'Servers' && !/^-+$/.test(profiles);
		return isRow ? [{ profiles, chapter, title: title.replace(/^`|`$/g, ''), reason }] : [];
	});
}

export function covers(
	listed: ListedDifference,
	profile: RecordedName,
	chapter: string,
	title: string,
	index: number,
): boolean {
	const pattern = listed.title
		.split('*')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	const servers = listed.profiles.split(/,\s*/);
	return (
		listed.chapter === chapter &&
		(servers.includes('all') || servers.includes(profile)) &&
		new RegExp(`^${pattern}$`, 's').test(/^\d/.test(listed.title) ? `${index} ${title}` : title)
	);
}
