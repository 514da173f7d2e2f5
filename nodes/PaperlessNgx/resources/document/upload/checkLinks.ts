import { PaperlessError } from '../../../../api/errors';
import { documentsById } from '../../../../documents/documentsById';
import type { Context } from '../../../../toolkit/operation';

/** Ids of linked documents by the id of the field, out of values by field id. */
export async function linksIn(
	{ names }: Context,
	customFields: Readonly<Record<string, unknown>>,
): Promise<Map<number, number[]>> {
	const fields = await names.known('customField');
	return new Map(
		fields.flatMap(({ id, data_type }): Array<[number, number[]]> => {
			const value = customFields[String(id)];
			return data_type === 'documentlink' && Array.isArray(value) ? [[id, value.map(Number)]] : [];
		}),
	);
}

/**
 * Refuses a link to a document that does not exist, before anything is sent: 2.15 stores it, and
 * newer servers refuse it without a name (docs/paperless-api.md#links-back).
 */
export async function checkLinks(
	context: Context,
	links: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
	const ids = [...links.values()].flat();
	if (ids.length === 0) return;
	const present = await documentsById(context.api, ids, { fields: 'id' });
	const unknown = ids.find((id) => !present.has(id));
	if (unknown === undefined) return;
	const field = [...links].find(([, targets]) => targets.includes(unknown))?.[0];
	const name = (await context.names.known('customField')).find(({ id }) => id === field)?.name;
	throw new PaperlessError(
		'invalid',
		`“${name ?? field}” links to document ${unknown}, which does not exist`,
		{
			description: 'It may be in the trash, or hidden from the token’s user. Nothing was sent.',
			parameter: 'customFields',
		},
	);
}
