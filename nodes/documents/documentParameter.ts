import { atMost } from '../api/atMost';
import { asError, PaperlessError } from '../api/errors';
import type { PaperlessClient } from '../api/paperlessClient';
import { quotedName } from '../api/quotedName';
import { idAt, webPages } from '../api/webPages';
import type { Document } from '../api/schemas/document';
import type { Query } from '../api/httpTransport';
import type { Locator, Parameter } from '../toolkit/parameter';
import {
	byUrl,
	matches,
	typed,
	wholeNumber as wholeNumberEntry,
} from '../toolkit/parameterBuilders';

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
		typed({ displayName: 'By ID', name: 'id' }, '123', wholeNumberEntry),
		byUrl(webPages.document, 'document'),
		typed({ displayName: 'By Archive Serial Number', name: 'asn' }, '42', wholeNumberEntry),
		typed(
			{ displayName: 'By Title', name: 'title' },
			'Invoice May 2024',
			matches('.*\\S.*', 'Enter a title'),
		),
	],
} as const satisfies Parameter;

const parameter = 'document';

function wholeNumber(value: string, expected: string): number {
	const number = Number(value);
	if (/^\d+$/.test(value) && Number.isSafeInteger(number)) return number;
	throw new PaperlessError('invalid', `“${value}” is not ${expected}`, {
		description:
			'Check the expression in this field, or choose another way to identify the document.',
		parameter,
	});
}

/** The id of the only document that matches; `condition` completes “a document …” in messages. */
async function onlyMatch(
	api: PaperlessClient,
	query: Query,
	condition: string,
	matches: (document: Document) => boolean = () => true,
): Promise<number> {
	const documents = await api.documents.list({ ...query, fields: 'id,title' });
	const [match, ...others] = documents.filter(matches);
	if (match === undefined) {
		throw new PaperlessError('unresolved', `There is no document ${condition}`, {
			description: 'It may be in the trash, or hidden from the token’s user.',
			parameter,
		});
	}
	if (others.length > 0) {
		const ids = [match, ...others].map(({ id }) => id).slice(0, 10);
		throw new PaperlessError('unresolved', `There are several documents ${condition}`, {
			description: `Use one of their IDs: ${ids.join(', ')}.`,
			parameter,
		});
	}
	return match.id;
}

/**
 * Rejects a document that has neither the title nor the date that the panel’s list showed when it
 * was chosen: the workflow comes from another server. Either alone may have changed since.
 */
async function requireLabeled(api: PaperlessClient, id: number, label: string): Promise<void> {
	const behindTitle = [...label.matchAll(/ \((\d{4}-\d\d-\d\d), /g)].at(-1);
	if (!behindTitle) return;
	const [title, date] = [label.slice(0, behindTitle.index), behindTitle[1]];
	const query = { id__in: String(id), fields: 'id,title,created' };
	const [found] = await api.documents.list(query);
	if (found === undefined) return;
	if (found.title === title || String(found.created).slice(0, 10) === date) return;
	throw new PaperlessError(
		'unresolved',
		`Document ${id} is called ${quotedName(String(found.title))} on this server, not ${quotedName(title)}`,
		{
			description:
				'The workflow comes from another server, or the document has changed. Choose it in the list again, or choose “By Title”.',
			parameter,
		},
	);
}

/**
 * The id of the document that a locator identifies. Serial numbers and titles are looked up; ids
 * are not, because the server checks them.
 */
export async function documentId(api: PaperlessClient, locator: Locator): Promise<number> {
	const { mode, value, label } = locator;
	if (value === '') {
		throw new PaperlessError('invalid', 'No document is chosen', {
			description: 'Choose one, or enter an expression such as {{ $json.id }}.',
			parameter,
		});
	}
	switch (mode) {
		case 'asn': {
			const asn = String(wholeNumber(value, 'an archive serial number'));
			const query = { archive_serial_number: asn };
			return await onlyMatch(api, query, `with the archive serial number ${asn}`);
		}
		case 'title': {
			const query = { title__iexact: value };
			return await onlyMatch(api, query, `titled “${value}”`, ({ title }) => title === value);
		}
		case 'url':
			return idAt(api, webPages.document, { text: value, noun: 'document', parameter });
		default: {
			const id = wholeNumber(value, 'the ID of a document');
			if (label !== undefined) await requireLabeled(api, id, label);
			return id;
		}
	}
}

const lookupsAtOnce = 4;

/** The ids for several locators, in their order, each with its own error where it has none. */
export async function documentIds(
	api: PaperlessClient,
	locators: readonly Locator[],
): Promise<Array<number | Error>> {
	const atOnce = atMost(lookupsAtOnce);
	return await Promise.all(
		locators.map((locator) => atOnce(() => documentId(api, locator)).catch(asError)),
	);
}
