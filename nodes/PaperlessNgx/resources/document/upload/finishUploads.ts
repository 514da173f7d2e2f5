import { atMost } from '../../../../api/atMost';
import { asError } from '../../../../api/errors';
import type { Document } from '../../../../api/schemas/document';
import { documentsById } from '../../../../documents/documentsById';
import { missingDocument } from '../../../../documents/missingDocuments';
import { fieldsQuery, simplified } from '../../../../documents/output/presentation';
import { attempt } from '../../../../toolkit/attempt';
import { groupBy } from '../../../../toolkit/groupBy';
import type { Context } from '../../../../toolkit/operation';
import { linksIn } from './checkLinks';
import { describeMissing } from './describeMissing';
import type { Difference } from './differenceFrom';
import { differenceFrom, fieldsIn } from './differenceFrom';
import { fieldsAfterwards } from './planUploads';
import { interrupted } from './refusalOf';
import type { Upload } from './uploadSender';
import { documentIdOf, isNewDocument, isUpdate } from './uploadSender';
import { setFields } from './setFields';
import { untilUnlocked } from '../../../../api/untilUnlocked';
import { uploadIntent } from './uploadIntent';

/** An upload with its document as it is at the end. */
export type FinishedUpload = {
	upload: Upload;
	/** `undefined` where there is no document, or none that this user may see */
	document?: Document;
	/** The existing document before it was updated */
	before?: Document;
	/** What was set, and what the server made of it afterwards, for example by a workflow */
	changedByServer?: Difference;
	error?: Error;
};

const writesAtOnce = 3;

const nothing: Difference = {
	values: {},
	tags: [],
	customFields: {},
	permissions: undefined,
	note: '',
};

const intentOf = (upload: Upload): Difference =>
	isNewDocument(upload) || isUpdate(upload) ? uploadIntent(upload) : nothing;

const linkedFrom = (document: Document | undefined, field: number): number[] => {
	const value = document?.custom_fields?.find((instance) => instance.field === field)?.value;
	return Array.isArray(value) ? value.map(Number) : [];
};

class Finishing {
	private readonly context: Context;
	private readonly documents = new Map<number, Document>();
	private readonly query: Record<string, string>;

	constructor(context: Context, uploads: readonly Upload[]) {
		const needsGrants = uploads.some((upload) => intentOf(upload).permissions !== undefined);
		const { fields } = fieldsQuery(simplified);
		const more = ['owner', 'notes', ...(needsGrants ? ['permissions'] : [])];
		this.context = context;
		this.query = {
			fields: [fields, ...more].join(','),
			...(needsGrants && { full_perms: 'true' }),
		};
	}

	/** One request for up to 500 documents. Documents that are gone or hidden are left out. */
	async read(ids: readonly number[]): Promise<void> {
		const rows = await documentsById(this.context.api, ids, this.query);
		for (const id of ids) this.documents.delete(id);
		for (const [id, row] of rows) this.documents.set(id, row);
	}

	async idsFor(upload: Upload): Promise<number[]> {
		const id = documentIdOf(upload);
		const links = await linksIn(this.context, intentOf(upload).customFields);
		return id === null ? [] : [id, ...[...links.values()].flat()];
	}

	private async missing(upload: Upload, id: number): Promise<Difference> {
		const document = this.documents.get(id);
		const intent = intentOf(upload);
		if (document === undefined) return nothing;
		const difference = differenceFrom(document, intent);
		const unlinked = [...(await linksIn(this.context, intent.customFields))].filter(
			([field, targets]) =>
				targets.some(
					(to) => this.documents.has(to) && !linkedFrom(this.documents.get(to), field).includes(id),
				),
		);
		const values = unlinked.map(([field]) => [String(field), intent.customFields[String(field)]]);
		return {
			...difference,
			customFields: { ...difference.customFields, ...Object.fromEntries(values) },
		};
	}

	/** Sets what the document does not have; `undefined` where it has everything. */
	async write(
		upload: Upload,
	): Promise<FinishedUpload & { written?: Difference; confirmed?: Document }> {
		const id = documentIdOf(upload);
		const before = id === null ? undefined : this.documents.get(id);
		if (id === null) return { upload };
		if (before === undefined) {
			const later = intentOf(upload) === nothing ? [] : fieldsAfterwards(upload);
			const error = later.length > 0 && interrupted(upload, missingDocument(id));
			return { upload, ...(error && { error }) };
		}
		const kept = { upload, document: before, ...(isUpdate(upload) && { before }) };
		const difference = await this.missing(upload, id);
		if (fieldsIn(difference).length === 0) return kept;
		const { api } = this.context;
		let left: Difference | undefined = difference;
		const set = async () => {
			if (left === undefined) {
				await this.read(await this.idsFor(upload));
				left = await this.missing(upload, id);
			}
			const now = left;
			left = undefined;
			return await setFields(api, id, now);
		};
		const confirmed = await attempt(() => untilUnlocked(api, set));
		return confirmed instanceof Error
			? { ...kept, written: difference, error: interrupted(upload, confirmed) }
			: { ...kept, written: difference, ...(confirmed && { confirmed }) };
	}

	/** Compares what was written with what is there now. */
	async check({
		written,
		confirmed,
		...finished
	}: FinishedUpload & { written?: Difference; confirmed?: Document }): Promise<FinishedUpload> {
		const { upload, error } = finished;
		const id = documentIdOf(upload);
		if (written === undefined || id === null) return finished;
		const document = this.documents.get(id);
		if (document === undefined) {
			// Whoever gives a document away may not see it any more.
			const isGivenAway = confirmed !== undefined && 'owner' in written.values;
			const { document: earlier, ...rest } = finished;
			return isGivenAway || error
				? { ...rest, ...(isGivenAway && { document: { ...earlier, ...confirmed } }) }
				: { ...rest, error: interrupted(upload, missingDocument(id)) };
		}
		const seen = { ...finished, document };
		const left = await this.missing(upload, id);
		if (error || fieldsIn(left).length === 0) return seen;
		const unconfirmed = confirmed
			? differenceFrom({ ...document, ...confirmed }, intentOf(upload))
			: left;
		const values = Object.fromEntries(
			Object.entries(left.values).filter(([field]) => field in unconfirmed.values),
		);
		const shortfalls: Difference = { ...left, values };
		if (fieldsIn(shortfalls).length > 0) {
			return { ...seen, error: await describeMissing(this.context, document, shortfalls) };
		}
		return { ...seen, changedByServer: left };
	}
}

/**
 * Sets what the new documents do not have of all that was asked for, and updates existing documents
 * where the user asks for it. Reads the documents before and after that, with one request for up to
 * 500, and writes nothing that is so already. Uploads of one document are finished in their order.
 */
export async function finishUploads(
	context: Context,
	uploads: readonly Upload[],
): Promise<FinishedUpload[]> {
	const finishing = new Finishing(context, uploads);
	const limit = atMost(writesAtOnce);
	const finished = new Map<Upload, FinishedUpload>();
	const read = async (some: readonly Upload[]) => {
		const ids = await Promise.all(some.map((upload) => finishing.idsFor(upload)));
		return await finishing.read([...new Set(ids.flat())]).then(() => undefined, asError);
	};
	const withDocument = uploads.filter((upload) => documentIdOf(upload) !== null);
	const groups = groupBy(withDocument, documentIdOf);
	const longest = Math.max(0, ...groups.map(({ length }) => length));
	for (let round = 0; round < longest; round += 1) {
		const current = groups.flatMap((group) => group[round] ?? []);
		const unread = round === 0 ? await read(current) : undefined;
		const written = await Promise.all(
			current.map((upload) =>
				limit(async () =>
					unread ? { upload, error: interrupted(upload, unread) } : await finishing.write(upload),
				),
			),
		);
		const changed = written.filter((one) => 'written' in one).map(({ upload }) => upload);
		const lost = changed.length > 0 ? await read(changed) : undefined;
		for (const one of written) {
			const error = one.error ?? (lost && interrupted(one.upload, lost));
			finished.set(
				one.upload,
				lost && 'written' in one ? { ...one, ...(error && { error }) } : await finishing.check(one),
			);
		}
	}
	return uploads.map((upload) => finished.get(upload) ?? { upload });
}
