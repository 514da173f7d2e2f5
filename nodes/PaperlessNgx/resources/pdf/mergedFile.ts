/** The server cuts the ids in the name of a merged file at this many characters. */
const longestIds = 100;

const ending = '_merged.pdf';

const joined = (ids: readonly number[]) => ids.join('_');

export const mergedFileName = (ids: readonly number[]): string =>
	`${joined(ids).slice(0, longestIds)}${ending}`;

/** Whether the name shows all documents that are in the file. */
export const namesAllDocuments = (ids: readonly number[]): boolean =>
	joined(ids).length <= longestIds;

/** The ids in the name of a merged file; the last one may be cut. */
const idsIn = (fileName: string): string[] =>
	fileName.endsWith(ending) ? fileName.slice(0, -ending.length).split('_') : [];

/** Whether a file holds some of these documents and no others. */
export function isMergeOfSome(fileName: string, ids: readonly number[]): boolean {
	const named = idsIn(fileName);
	const isCut = named.join('_').length === longestIds;
	return (
		named.length > 0 && (isCut ? named.slice(0, -1) : named).every((id) => ids.includes(Number(id)))
	);
}

/** The documents that are not in a file, as far as its name shows all of them. */
export function leftOutOf(fileName: string, ids: readonly number[]): number[] {
	const named = new Set(idsIn(fileName));
	return ids.filter((id) => !named.has(String(id)));
}
