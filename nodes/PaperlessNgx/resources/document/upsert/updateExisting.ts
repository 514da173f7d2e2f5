import { asError, isPaperlessError, PaperlessError } from '../../../../api/errors';
import { presentSkipped } from '../../../../documents/encodeCustomFields';
import { presentUpdates } from '../../../../documents/edit/presentUpdates';
import { present } from '../../../../documents/output/present';
import { simplified } from '../../../../documents/output/presentation';
import type { Context, Output } from '../../../../toolkit/operation';
import type { AddedVersion } from '../../shared/addVersion';
import { addVersion } from '../../shared/addVersion';
import { createNames, creationWords, withCreations } from '../upload/createNames';
import { fieldsIn } from '../upload/differenceFrom';
import type { FinishedUpload } from '../upload/finishUploads';
import { finishUploads } from '../upload/finishUploads';
import type { HashedUpload } from '../upload/hashUpload';
import { hashUpload } from '../upload/hashUpload';
import { latestVersions, lookUpFile } from '../upload/lookUpFile';
import type { PlannedUpload } from '../upload/planUploads';
import { duplicateOf } from '../upload/uploadSender';
import { defaultTimeout } from '../upload/waitForConsumption';
import type { DocumentKey } from './documentKey';
import { describeKey } from './documentKey';

type Newest = { version: number | null; isSame: boolean };

/** The newest version of the document, and whether it is the file of the upload. */
async function newestOf(
	{ api }: Context,
	id: number,
	existing: number | undefined,
	hash: string,
): Promise<Newest> {
	if (!(await api.currentServer()).has('documentVersions')) {
		return { version: null, isSame: existing === id };
	}
	const [newest] = await api.versions.list(id);
	return { version: newest?.id ?? null, isSame: newest?.checksum === hash };
}

async function requireVersions({ api }: Context, id: number, key: DocumentKey): Promise<void> {
	const server = await api.currentServer();
	if (server.has('documentVersions')) return;
	throw new PaperlessError('unsupported', `There is a document ${describeKey(key)}`, {
		description: `It is document #${id}, and its file is another one. Paperless-ngx ${server.version} cannot replace it: versions need 3.0 or later. Use “Update” to change its fields.`,
	});
}

const sendVersion = async (
	context: Context,
	id: number,
	{ file, options: { timeout = defaultTimeout } }: HashedUpload,
): Promise<AddedVersion> => await addVersion(context, id, { file, label: null, timeout });

/** Sets the fields of the document that it does not have yet. */
async function setFields(
	context: Context,
	id: number,
	hashed: HashedUpload,
	added: AddedVersion | undefined,
): Promise<FinishedUpload> {
	const upload = {
		...hashed,
		options: { ...hashed.options, onDuplicate: 'updateExisting' as const },
		taskId: null,
		checksum: hashed.hash,
		lookedUp: undefined,
		consumption: duplicateOf(hashed, id),
	};
	const [finished] = await finishUploads(context, [upload]);
	if (finished?.error === undefined) return finished ?? { upload };
	const { error } = finished;
	if (added === undefined || !isPaperlessError(error)) throw error;
	throw error.adding(
		added.version === null
			? `The file was sent as a version of document #${id} (task ${added.taskId}).`
			: `The file is version ${added.version} of document #${id}.`,
	);
}

/**
 * Makes the file the newest version of the document, unless it is that already, and sets the fields
 * that the document does not have yet.
 */
export async function updateExisting(
	context: Context,
	id: number,
	plan: PlannedUpload,
	key: DocumentKey,
): Promise<Output> {
	const { api } = context;
	const planned = await hashUpload(context, plan);
	const { existing, hash } = await lookUpFile(context, planned, () => latestVersions(api));
	if (existing !== undefined && existing !== id) {
		throw new PaperlessError(
			'invalid',
			`“${plan.file.fileName}” is already in the archive as document #${existing}`,
			{
				description: `The document ${describeKey(key)} is #${id}. Nothing was sent.`,
			},
		);
	}
	const newest = await newestOf(context, id, existing, hash);
	if (!newest.isSame) await requireVersions(context, id, key);
	const hashed = await createNames({ ...planned, hash });
	const change = async () => {
		const added = newest.isSame ? undefined : await sendVersion(context, id, hashed);
		return { added, ...(await setFields(context, id, hashed, added)) };
	};
	const { added, before, document, changedByServer } = await change().catch(
		async (thrown: unknown) => {
			throw withCreations(asError(thrown), await creationWords(hashed.createdNames));
		},
	);
	const [changes = {}] =
		before && document ? await presentUpdates(context, [{ before, document }]) : [];
	const [shown = null] = document ? await present(context, [document], simplified) : [];
	const updated = added !== undefined || Object.keys(changes).length > 0;
	return {
		json: {
			status: added?.status === 'pending' ? 'pending' : updated ? 'updated' : 'unchanged',
			id,
			file_name: plan.file.fileName,
			task_id: added?.taskId ?? null,
			version: added ? added.version : newest.version,
			created: false,
			updated,
			changes,
			...(changedByServer && { changed_by_server: fieldsIn(changedByServer) }),
			...presentSkipped(plan.skipped),
			document: shown,
		},
	};
}
