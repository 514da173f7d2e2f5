import type { FileVersion } from '../../../api/shareLinks';
import type { Json } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';

export const fileVersionParameter = {
	displayName: 'File',
	name: 'fileVersion',
	type: 'options',
	options: [
		{
			name: 'Archived',
			value: 'archive',
			description: 'The PDF made by Paperless-ngx, or the original where there is none',
		},
		{ name: 'Original', value: 'original', description: 'The file as it was uploaded' },
	],
	default: 'archive',
} as const satisfies Parameter;

/** 2.x answers 500 to whoever opens a link to an archive that does not exist (§3.11). */
export const existingVersion = (wanted: FileVersion, hasArchive: boolean): FileVersion =>
	hasArchive ? wanted : 'original';

export const withUrl = <T extends { slug: string }>(link: T, webUrl: string): Json => ({
	...link,
	url: `${webUrl}/share/${link.slug}`,
});
