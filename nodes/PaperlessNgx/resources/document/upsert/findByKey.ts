import { PaperlessError } from '../../../../api/errors';
import type { Document } from '../../../../api/schemas/document';
import type { Context } from '../../../../toolkit/operation';
import type { DocumentKey } from './documentKey';
import { describeKey } from './documentKey';

const queryFor = (key: DocumentKey) =>
	key.kind === 'serialNumber'
		? { archive_serial_number: String(key.number) }
		: { custom_field_query: JSON.stringify([key.field.id, 'exact', key.value]) };

/** Some databases compare without regard to case, and a filter that is ignored finds everything. */
const hasKey = (document: Document, key: DocumentKey): boolean =>
	key.kind === 'serialNumber'
		? document.archive_serial_number === key.number
		: (document.custom_fields ?? []).some(
				({ field, value }) => field === key.field.id && value === key.value,
			);

/** The id of the document with this key; `undefined` where there is none. Several are refused. */
export async function findByKey({ api }: Context, key: DocumentKey): Promise<number | undefined> {
	const query = { ...queryFor(key), fields: 'id,archive_serial_number,custom_fields' };
	const documents = await api.documents.list(query);
	const [match, ...others] = documents.filter((document) => hasKey(document, key));
	if (others.length === 0) return match?.id;
	const ids = [match, ...others].flatMap((one) => one?.id ?? []).slice(0, 10);
	throw new PaperlessError('unresolved', `There are several documents ${describeKey(key)}`, {
		description: `Nothing was sent. Use “Document Version: Upload” with one of their IDs: ${ids.join(', ')}.`,
		parameter: key.kind === 'serialNumber' ? 'archiveSerialNumber' : 'customFieldValue',
	});
}
