import type { PaperlessClient } from '../api/paperlessClient';
import { asError, PaperlessError } from '../api/errors';
import { documentsPerRequest } from '../api/documents';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/httpTransport';
import type { Locator, Parameter } from '../toolkit/parameter';
import pLimit from 'p-limit';

export const documentParameter = {
	displayName: 'Document',
	name: 'document',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchDocuments', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 123' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://paperless.example.com/documents/123',
		},
		{
			displayName: 'By Archive Serial Number',
			name: 'asn',
			type: 'string',
			placeholder: 'e.g. 42',
		},
		{
			displayName: 'By Title',
			name: 'title',
			type: 'string',
			placeholder: 'e.g. Invoice May 2024',
		},
	],
} as const satisfies Parameter;

const about = { parameter: 'document' };

const wholeNumber = (value: string, wanted: string): number => {
	const number = Number(value);
	if (/^\d+$/.test(value) && Number.isSafeInteger(number)) return number;
	throw new PaperlessError('invalid', `“${value}” is not ${wanted}`, {
		description:
			'Check the expression that fills the field, or choose another way to name the document.',
		...about,
	});
};

/** One document for a condition that should hold for just one. */
async function only(
	api: PaperlessClient,
	query: Query,
	wanted: string,
	fits: (found: Document) => boolean,
) {
	const found = await api.documents.list({ ...query, fields: 'id,title' });
	const [match, ...others] = found.filter(fits);
	if (match === undefined) {
		throw new PaperlessError('unresolved', `There is no document ${wanted}`, {
			description: 'It may be in the trash, or hidden from the token’s user.',
			...about,
		});
	}
	if (others.length > 0) {
		const ids = [match, ...others].map(({ id }) => id).slice(0, 10);
		throw new PaperlessError('unresolved', `Several documents are ${wanted}`, {
			description: `Use the ID of one of them: ${ids.join(', ')}.`,
			...about,
		});
	}
	return match.id;
}

/** The id that a locator means; serial numbers and titles are looked up, ids are left to the server. */
export async function documentId(api: PaperlessClient, { mode, value }: Locator): Promise<number> {
	if (value === '') {
		throw new PaperlessError('invalid', 'No document is chosen', {
			description: 'Choose one, or fill the field with an expression such as {{ $json.id }}.',
			...about,
		});
	}
	switch (mode) {
		case 'asn': {
			const asn = String(wholeNumber(value, 'an archive serial number'));
			return await only(
				api,
				{ archive_serial_number: asn },
				`with the archive serial number ${asn}`,
				() => true,
			);
		}
		case 'title':
			return await only(
				api,
				{ title__iexact: value },
				`titled “${value}”`,
				({ title }) => title === value,
			);
		case 'url': {
			const id = /\/documents\/(\d+)/.exec(value)?.[1];
			return wholeNumber(id ?? value, 'the address of a document');
		}
		default:
			return wholeNumber(value, 'the ID of a document');
	}
}

const lookupsAtOnce = 4;

/** Ids for all calls; what cannot be located is that call's own matter. */
export async function documentIds(
	api: PaperlessClient,
	locators: readonly Locator[],
): Promise<Array<number | Error>> {
	const atOnce = pLimit(lookupsAtOnce);
	return await Promise.all(
		locators.map(
			async (locator) =>
				await atOnce(async () => await documentId(api, locator)).catch((error: Error) => error),
		),
	);
}

export const missingDocument = (id: number, parameter = 'document'): PaperlessError =>
	new PaperlessError('notFound', `There is no document ${id}`, {
		description: 'It may be in the trash, or hidden from the token’s user.',
		status: 404,
		parameter,
	});

export const chunks = <T>(all: readonly T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
		all.slice(index * size, (index + 1) * size),
	);

/** Documents by id with as few requests as there are chunks; ids that do not exist are left out. */
export async function documentsById(
	api: PaperlessClient,
	ids: readonly number[],
	query: Query,
): Promise<Map<number, Document>> {
	const found = new Map<number, Document>();
	for (const chunk of chunks([...new Set(ids)], documentsPerRequest)) {
		const documents = await api.documents.list({
			...query,
			id__in: chunk.join(','),
			ordering: 'id',
		});
		for (const document of documents) found.set(document.id, document);
	}
	return found;
}

/**
 * Work on documents by their ids. Servers tell an unknown one in words of many kinds, hardly any of
 * which name it; then it is looked for.
 */
export async function orMissing<T>(
	api: PaperlessClient,
	ids: readonly number[],
	parameter: string,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		const error = asError(thrown);
		if (!(error instanceof PaperlessError) || !['invalid', 'forbidden'].includes(error.kind))
			throw error;
		const present = await documentsById(api, ids, { fields: 'id' }).catch(() => undefined);
		const missing = present && ids.find((id) => !present.has(id));
		throw missing === undefined ? error : missingDocument(missing, parameter);
	}
}
