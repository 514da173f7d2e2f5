import type { Needs } from './neededPermissions.mts';

/** What was seen of an operation or an event. */
export type Row = Needs & { group: string; name: string; isForOwners: boolean };

export const permissionsHeading = '## What each operation needs';

const inCode = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

function besides({ isForOwners, mark }: Row): string {
	const who = mark === undefined ? '' : `the mark _${mark}_`;
	return [who, isForOwners ? 'to own the object' : ''].filter(Boolean).join(', ') || '–';
}

const lineOf = (row: Row) =>
	`| ${row.name} | ${inCode(row.needed) || '–'} | ${inCode(row.used) || '–'} | ${besides(row)} |`;

const head = ['| | Needs | Uses | And |', '| --- | --- | --- | --- |'];

const byName = (a: Row, b: Row) => a.name.localeCompare(b.name);

/** The generated part of docs/permissions.md. */
export function permissionsTables(rows: readonly Row[], version: string): string {
	const groups = [...new Set(rows.map(({ group }) => group))];
	const tables = groups.flatMap((group) => [
		`### ${group}`,
		[
			...head,
			...rows
				.filter((row) => row.group === group)
				.sort(byName)
				.map(lineOf),
		].join('\n'),
	]);
	return `${[
		permissionsHeading,
		`These tables are written by a test that runs every operation and every event as users who lack one permission at a time, on ${version}; do not edit them by hand. Other versions may look for other permissions.`,
		'- **Needs**: without one of these it is refused.\n- **Uses**: without one of these it goes on with less, such as IDs in place of names.\n- **And**: the mark that the user needs, or that only the owner of the object may do it, however it is shared.',
		'Each row holds for one usual set of values. Fields that name something also need the permission to view that kind, and _Create If Missing_ the one to add it.',
		...tables,
	].join('\n\n')}\n`;
}
