import { PaperlessError } from './errors';

/**
 * The features of a server and the first version that has them
 * (docs/paperless-api.md#features-by-version).
 */
const since = {
	paperlessNgx: { version: '2.15.0', label: 'This node' },
	schedulesAhead: { version: '2.16.0', label: 'A schedule with days before the date' },
	/** Before, a change of a workflow needs its triggers and actions (docs/paperless-api.md#workflow-updates). */
	partialWorkflows: { version: '2.17.0', label: 'Changing a part of a workflow' },
	customFieldValuesAtUpload: { version: '2.19.0', label: 'Setting custom fields at upload' },
	editsPdf: { version: '2.18.0', label: 'Editing pages of a PDF' },
	emailOfSeveral: { version: '2.19.0', label: 'An e-mail with several documents' },
	/** All tags, no tags, exclusions, storage paths and custom fields; and `{{name}}` in place of `{name}`. */
	workflowFilters: { version: '2.19.0', label: 'This filter of a workflow' },
	processedMail: { version: '2.19.0', label: 'The list of processed mails' },
	nestedTags: { version: '2.19.0', label: 'A parent tag' },
	sortByStoragePath: { version: '2.20.4', label: 'Sorting by storage path' },
	/** Before, values go into wrong fields (docs/paperless-api.md#copied-custom-fields). */
	copiesFieldValues: { version: '2.20.6', label: 'Copying custom fields' },
	sha256Checksums: { version: '3.0.0', label: 'SHA-256 checksums' },
	aiFeatures: { version: '3.0.0', label: 'AI' },
	removesPasswords: { version: '3.0.0', label: 'Removing the password of a PDF' },
	shareLinkBundles: { version: '3.0.0', label: 'A share link bundle' },
	/** From then on, a list of tags takes seconds where there are thousands, whatever is asked of it. */
	countsForAllTags: { version: '3.0.1', label: 'Counting the documents of all tags' },
	pagedTasks: { version: '3.0.0', label: 'A list of tasks in pages' },
	/** Before, the list has consumptions and a few others only. */
	reportsTasks: { version: '3.0.0', label: '“Task Failed”' },
	taskSummaries: { version: '3.0.0', label: 'A summary of tasks' },
	taskFilters: { version: '3.0.0', label: 'This filter of tasks' },
	workflowFiltersOfSeveral: {
		version: '3.0.0',
		label: 'A workflow for several correspondents, document types or storage paths',
	},
	linksToAnyDocument: { version: '3.1.0', label: 'A filter by links to any document' },
	/** Before, it is ignored. */
	remoteOcr: { version: '3.1.0', label: 'Remote OCR of chosen documents' },
	/** Whether to show a view is a setting of each user. */
	sharedSavedViews: { version: '3.0.0', label: 'A saved view with permissions' },
	/** Before, the trash separates a document of a bulk deletion from its versions. */
	trashesVersionsTogether: { version: '3.2.0', label: 'Deleting documents with versions together' },
	limitsSearches: { version: '3.2.0', label: 'A limit for the length of searches' },
	/** Before, it is ignored. */
	storagePathNames: { version: '3.0.0', label: 'The storage path name of a download' },
	documentVersions: { version: '3.0.0', label: 'A document version' },
	/** Routes for merging, rotating and the like; before, they are methods of `bulk_edit`. */
	documentRoutes: { version: '3.0.0', label: 'Editing documents by a route of its own' },
	/** Before, it is that of the first version (docs/paperless-api.md#page-counts). */
	pageCountOfNewest: { version: '3.3.0', label: 'The page count of the newest version' },
} as const;

export type Capability = keyof typeof since;

const numbers = (version: string) => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);

export function isAtLeast(version: string, minimum: string): boolean {
	const actual = numbers(version);
	const required = numbers(minimum);
	const at = required.findIndex((number, index) => number !== (actual[index] ?? 0));
	return at === -1 || (actual[at] ?? 0) > (required[at] ?? 0);
}

/** The versions of the API whose formats this client knows. */
const oldestKnownApi = 8;
const newestKnownApi = 10;

export const spokenVersions = `This node speaks API versions ${oldestKnownApi} to ${newestKnownApi}`;

export class Server {
	/** As in the header `X-Version`, e.g. `2.20.15`. */
	readonly version: string;
	/** The highest version of the API that the server offers. */
	readonly newestApi: number;
	/** The version of the API in the Accept header: the newest that both sides know. */
	readonly api: number;

	constructor(version: string, newestApi: number) {
		this.version = version;
		this.newestApi = newestApi;
		this.api = Math.min(newestKnownApi, newestApi);
	}

	has(capability: Capability): boolean {
		return isAtLeast(this.version, since[capability].version);
	}

	/** Throws an error of the kind `unsupported` where the server is too old. */
	require(capability: Capability): void {
		if (this.has(capability)) return;
		const { version, label } = since[capability];
		throw new PaperlessError(
			'unsupported',
			`${label} needs Paperless-ngx ${version.replace(/\.0$/, '')} or later; this server is ${this.version}`,
			{ description: 'Update the server, or do not use this option.' },
		);
	}
}

/**
 * The error for a server that has dropped every version of the API that this client knows
 * (docs/paperless-api.md#api-versions).
 */
export const offersOnlyNewer = ({ version }: Server): PaperlessError =>
	new PaperlessError('unsupported', 'Paperless-ngx refuses the version of the API', {
		description: `${spokenVersions}; this server (${version}) offers only newer ones. Update the node.`,
		status: 406,
	});

/** A version that nobody has written, such as `3.0.0-beta.rc1`: messages and items show it. */
const form = /^[\w.+-]{1,40}$/;

/**
 * Reads both versions, which every authenticated reply contains
 * (docs/paperless-api.md#version-headers).
 */
export function serverFrom(headers: Readonly<Record<string, string>>): Server | undefined {
	const version = headers['x-version'];
	const api = Number(headers['x-api-version']);
	return version !== undefined && form.test(version) && Number.isInteger(api) && api > 0
		? new Server(version, api)
		: undefined;
}
