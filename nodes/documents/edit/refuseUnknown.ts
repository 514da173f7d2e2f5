import { PaperlessError } from '../../api/errors';
import { linksOf } from './backLinks';
import type { DocumentIntent } from './documentIntent';
import type { DocumentState } from './documentState';
import type { Archive } from './expectedState';

type States = ReadonlyMap<number, DocumentState>;

function refuseUnknownLinks(intent: DocumentIntent, states: States, archive: Archive): void {
	const unknown = linksOf(intent, archive).find(({ to }) => !states.has(to));
	if (unknown === undefined) return;
	const name = archive.customFields.get(unknown.field)?.name ?? `ID ${unknown.field}`;
	throw new PaperlessError(
		'invalid',
		`Custom field “${name}” links to document ${unknown.to}, which does not exist`,
		{
			description: 'It may be in the trash, or hidden from the token’s user. Nothing was changed.',
			parameter: 'customFields',
		},
	);
}

const unknownId = (noun: string, id: number, parameter: string) =>
	new PaperlessError('unresolved', `There is no ${noun} with the ID ${id}`, {
		description: 'Check the ID. Nothing was changed.',
		parameter,
	});

/** The server checks the ids of a request, but what no document has is not sent. */
function refuseUnknownRemovals(
	ids: readonly number[],
	intent: DocumentIntent,
	states: States,
	{ tagTree, customFields }: Archive,
): void {
	const documents = ids.flatMap((id) => states.get(id) ?? []);
	const tag = intent.tags?.remove?.find(
		(id) => tagTree.isUnknown(id) && !documents.some(({ tags }) => tags?.includes(id)),
	);
	if (tag !== undefined) throw unknownId('tag', tag, 'removeTags');
	const { remove = [], clear = [], attach = [] } = intent.customFields ?? {};
	const named = {
		removeCustomFields: remove,
		clearCustomFields: clear,
		attachCustomFields: attach,
	};
	for (const [parameter, fieldIds] of Object.entries(named)) {
		const field = fieldIds.find((id) => customFields.size > 0 && !customFields.has(id));
		if (field !== undefined) throw unknownId('custom field', field, parameter);
	}
}

/** Throws where an intent names documents, tags or custom fields that do not exist. */
export function refuseUnknown(
	{ ids, intent }: { ids: readonly number[]; intent: DocumentIntent },
	states: States,
	archive: Archive,
): void {
	refuseUnknownLinks(intent, states, archive);
	refuseUnknownRemovals(ids, intent, states, archive);
}
