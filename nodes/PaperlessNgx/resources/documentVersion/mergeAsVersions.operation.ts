import { isPaperlessError, PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { Document } from '../../../api/schemas/document';
import { documentIdsParameter, idsFrom } from '../../../documents/documentIds';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { documentsById, orMissing } from '../../../documents/documentsById';
import { whyMissing } from '../../../documents/missingDocuments';
import { membersBeside } from '../../../documents/edit/difference';
import { defineOperation } from '../../../toolkit/operation';
import { changesBetween } from '../shared/changesBetween';
import { versionsOf } from '../shared/chosenVersions';
import { documentTarget } from '../shared/documentTarget';
import { accessUnlessDry, deletionNotice, dryRunParameter } from '../shared/dryRun';
import { storedLabel } from './storedLabel';

const fields = { fields: 'id,title,versions,archive_serial_number' };

const invalid = (message: string, description: string, parameter = 'documentIds') =>
	new PaperlessError('invalid', message, { description, parameter });

const idsOf = (document: Document) => versionsOf(document).map(({ id }) => id);

const stateOf = (document: Document) => ({
	versions: idsOf(document),
	archive_serial_number: document.archive_serial_number ?? null,
});

/** Documents by id, all of them. */
async function read(api: PaperlessClient, ids: readonly number[]): Promise<Document[]> {
	const found = await documentsById(api, ids, fields);
	const missing = ids.find((id) => !found.has(id));
	if (missing !== undefined) throw await whyMissing(api, missing, 'documentIds');
	return ids.flatMap((id) => found.get(id) ?? []);
}

async function readRoot(api: PaperlessClient, id: number): Promise<Document> {
	const root = (await documentsById(api, [id], fields)).get(id);
	if (root) return root;
	throw await whyMissing(api, id);
}

/** What a merge would do, and which documents would be lost by it. */
const notYetMerged = (root: Document, sources: readonly Document[]) => ({
	document: root.id,
	versions: idsOf(root),
	merged: [],
	updated: false,
	would_merge: sources.map(({ id, title }) => ({ id, title: title ?? null })),
});

/** Servers before that route, 3.0 among them, answer 405; no version says which have it. */
const withoutRoute = (version: string) =>
	new PaperlessError('unsupported', 'This server cannot merge documents as versions', {
		description: `Paperless-ngx ${version} has no such function; later versions of 3.x have it. Download the files and add them with “Document Version: Upload” instead.`,
	});

export const mergeAsVersions = defineOperation({
	value: 'mergeAsVersions',
	name: 'Merge as Versions',
	action: 'Merge documents as versions',
	description:
		'Turn documents into versions of another document; needs a server that can do this, later than 3.0',
	access: accessUnlessDry,
	destroys: () => true,
	needs: 'documentVersions',
	parameters: [
		documentParameter,
		{
			...documentIdsParameter,
			description:
				'Documents that become versions of the document, the last one its newest; separated by commas, or as an array. They lose their title, tags, fields and archive serial number.',
		},
		{
			displayName: 'Label',
			name: 'label',
			type: 'string',
			default: '',
			placeholder: 'e.g. Signed',
			description: 'At most 64 characters; only with a single document ID',
		},
		deletionNotice(
			'This cannot be undone. The documents become versions and lose their title, tags and fields.',
		),
		dryRunParameter,
	],
	target: documentTarget,
	async execute({ api }, { document, documentIds, label: text, dryRun }) {
		const label = storedLabel(text);
		const listed = idsFrom(documentIds, 'Document IDs', 'documentIds');
		if (label !== null && listed.length > 1) {
			throw invalid('A label needs a single document ID', 'Merge them one by one.', 'label');
		}
		const id = await documentId(api, document);
		if (listed.includes(id)) {
			throw invalid(`Document ${id} cannot be a version of itself`, 'Leave out its ID.');
		}
		const before = await readRoot(api, id);
		const sources = await read(api, membersBeside(listed, idsOf(before)));
		const parent = sources.find((source) => versionsOf(source).length > 1);
		if (parent) {
			throw invalid(
				`Document ${parent.id} has versions of its own`,
				'Paperless-ngx merges only documents with a single file.',
			);
		}
		const merged = sources.map((source) => source.id);
		if (merged.length === 0) {
			const versions = idsOf(before);
			return [{ json: { document: id, versions, merged, updated: false, changes: {} } }];
		}
		if (dryRun) return [{ json: { ...notYetMerged(before, sources), dry_run: true } }];
		const send = () => api.versions.merge(id, merged, label);
		await orMissing(api, merged, 'documentIds', send).catch(async (thrown: unknown) => {
			const isAbsent = isPaperlessError(thrown, 'unsupported') && thrown.status === 405;
			throw isAbsent ? withoutRoute((await api.server()).version) : thrown;
		});
		const after = await readRoot(api, id);
		const left = membersBeside(merged, idsOf(after));
		if (left.length > 0) {
			throw new PaperlessError(
				'unavailable',
				`Not merged into document ${id}: ${left.join(', ')}`,
				{
					description:
						'The server reported success, yet they are no versions of it; its log says why.',
				},
			);
		}
		const dropped = sources
			.map((source) => source.archive_serial_number)
			.filter((asn) => typeof asn === 'number' && asn !== after.archive_serial_number);
		return [
			{
				json: {
					document: id,
					versions: idsOf(after),
					merged,
					...(dropped.length > 0 && { dropped_archive_serial_numbers: dropped }),
					updated: true,
					changes: changesBetween(stateOf(before), stateOf(after)),
				},
			},
		];
	},
});
