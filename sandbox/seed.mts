import { place } from './consume.mts';
import { noGrants } from './store.mts';
import type { Matching, Store, Table } from './store.mts';
import { midnight, toTimestamp } from './times.mts';

export interface Seed {
	documents?: number;
	correspondents?: number;
	documentTypes?: number;
	/** Fields of the type `string`. Every document has a value for one of them. */
	customFields?: number;
	tags?: number;
	contentLength?: number;
	/** The owner of the documents: the first user by default, nobody with null. */
	owner?: number | null;
	/**
	 * The `added` and `modified` of all documents: a time in microseconds, or `now`. By default every
	 * document gets a later time than the one before.
	 */
	stamp?: string;
}

const vocabulary =
	'invoice contract letter water power rent insurance tax receipt meter account payment notice delivery order garden school city bank report'.split(
		' ',
	);

/** Fills the store directly, without the queue, with documents that differ predictably. */
export function seedDocuments(
	store: Store,
	{
		documents = 0,
		correspondents = 0,
		documentTypes = 0,
		customFields = 0,
		tags = 0,
		contentLength = 200,
		stamp,
		owner = store.users.values().next().value?.id ?? null,
	}: Seed,
): object {
	const time = stamp === 'now' ? store.now() : stamp && toTimestamp(stamp);
	const matching = (name: string): Omit<Matching, 'id'> => ({
		name,
		match: '',
		matching_algorithm: 0,
		is_insensitive: true,
		owner,
		grants: noGrants(),
	});
	const fill = <T extends Matching>(
		table: Table<T>,
		count: number,
		name: string,
		more: object,
	): number[] =>
		Array.from(
			{ length: count },
			(_, index) =>
				table.add({ ...matching(`${name} ${index + 1}`), ...more } as unknown as Omit<T, 'id'>).id,
		);
	const from = fill(store.correspondents, correspondents, 'Correspondent', {});
	const types = fill(store.document_types, documentTypes, 'Document type', {});
	const labels = fill(store.tags, tags, 'Tag', {
		color: '#a6cee3',
		is_inbox_tag: false,
		parent: null,
	});
	const fields = Array.from(
		{ length: customFields },
		(_, index) =>
			store.custom_fields.add({
				name: `Custom field ${index + 1}`,
				data_type: 'string',
				extra_data: null,
			}).id,
	);
	const start = store.documents.rows.size;
	for (let number = start + 1; number <= start + documents; number++) {
		const day = new Date(Date.UTC(2020, 0, 1 + (number % 2000))).toISOString().slice(0, 10);
		const content = textOf(number, contentLength);
		const bytes = Buffer.from(content);
		const correspondent = from[number % (from.length || 1)];
		const documentType = types[number % (types.length || 1)];
		const field = fields[number % (fields.length || 1)];
		const tag = labels[number % (labels.length || 1)];
		const document = place(
			store,
			{
				bytes,
				fileName: `document-${number}.txt`,
				type: 'text/plain',
				title: `Document ${number}`,
				created: midnight(day),
				tags: tag === undefined ? [] : [tag],
				customFields: field === undefined ? [] : [{ field, value: `Value ${number}` }],
				owner: owner ?? 0,
				...(correspondent !== undefined && { correspondent }),
				...(documentType !== undefined && { documentType }),
			},
			{
				original: { bytes, checksum: store.hash(bytes) },
				archive: null,
				content,
				page_count: null,
			},
		);
		Object.assign(document, { owner, ...(time && { added: time, modified: time, indexed: time }) });
	}
	return { documents: store.documents.rows.size };
}

function textOf(number: number, length: number): string {
	let text = `Document number ${number}.`;
	for (let step = number; text.length < length; step = (step * 31 + 7) % 9973) {
		text += ` ${vocabulary[step % vocabulary.length]}`;
	}
	return text.slice(0, length);
}
