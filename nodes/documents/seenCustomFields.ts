import type { CustomField } from '../api/schemas/named';
import { unlessForbidden } from '../api/unlessForbidden';
import type { Context } from '../toolkit/operation';

/** The custom fields by id, as far as the token's user may see them. */
export const seenCustomFields = async ({ names }: Context): Promise<Map<number, CustomField>> => {
	const fields = await unlessForbidden(names.all('customField'), []);
	return new Map(fields.map((field) => [field.id, field]));
};
