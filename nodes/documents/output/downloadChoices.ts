import type { Rendition } from '../../api/documentFiles';
import { optionsOf } from '../../toolkit/optionsOf';
import type { Parameter } from '../../toolkit/parameter';

const renditions = {
	archived: {
		label: 'Archived',
		description: 'The PDF made by Paperless-ngx, or the original if there is none',
	},
	original: { label: 'Original', description: 'The file as it was uploaded' },
	preview: { label: 'Preview', description: 'The file as the web interface shows it' },
	thumbnail: { label: 'Thumbnail', description: 'A picture of the first page (WebP)' },
} as const satisfies Record<Rendition, { label: string; description: string }>;

/** Which file of a document is downloaded. */
export const renditionChoices = optionsOf(renditions);

/** Which file of a document a trigger puts into the field “data” of its items. */
export const downloadChoices = optionsOf({
	archived: renditions.archived,
	none: { label: 'None' },
	original: renditions.original,
});

/** Adds a file to the items of an operation that reads documents. */
export const includeFile = {
	displayName: 'Include File',
	name: 'includeFile',
	type: 'options',
	options: optionsOf({
		archived: renditions.archived,
		original: renditions.original,
		thumbnail: renditions.thumbnail,
	}),
	default: 'archived',
	description:
		'File to put into the field “data” of the item; where the server has lost it, the item says “file_missing”',
} as const satisfies Parameter;
