import type { CustomField } from '../../../api/schemas/named';
import { optionsIn } from '../../../documents/selectedOption';
import type { Context, Output } from '../../../toolkit/operation';
import { outputOf } from '../capabilities/readable';
import { changesOf } from '../capabilities/writeFields';
import { customFields } from './customFields';
import type { FieldChanges } from './writeField';
import { foreseeField } from './writeField';

/** How many documents have each option that a field would lose, by its label. */
async function losses(
	{ api }: Context,
	before: CustomField,
	after: CustomField,
): Promise<Record<string, number>> {
	const kept = new Set(optionsIn(after).map(({ id }) => id));
	const lost = optionsIn(before).filter(({ id }) => id !== undefined && !kept.has(id));
	const counts = lost.map(async ({ id, label }) => {
		const custom_field_query = JSON.stringify([before.id, 'exact', id]);
		const { count } = await api.documents.page({ custom_field_query, fields: 'id' }, 1, 1);
		return [label, count] as const;
	});
	return Object.fromEntries(await Promise.all(counts));
}

/** The output of a change that was not made: what would be different, and which values would go. */
export async function notYetChanged(
	context: Context,
	id: number,
	wanted: FieldChanges,
	values: { simple: boolean },
): Promise<Output[]> {
	const foreseen = await foreseeField(context, id, wanted);
	const { before, after } = foreseen;
	const changes = await changesOf(context, customFields, foreseen);
	const lost = await losses(context, before, after);
	return await outputOf(context, customFields, before, values, {
		updated: false,
		dry_run: true,
		changes,
		...(Object.keys(lost).length > 0 && { documents_losing_values: lost }),
	});
}
