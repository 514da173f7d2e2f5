import type { SavedView } from '../../../api/schemas/named';
import { columnOfField, fieldOfColumn, viewColumns } from '../../../api/viewColumns';
import { namer } from '../../../documents/output/namer';
import type { Context } from '../../../toolkit/operation';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import { toReferences } from '../../../toolkit/references';

const label = 'Column Names or IDs';

export const columnsParameter = {
	...namesOrIds(label, 'columns', 'getViewColumns'),
	hint: 'What the view shows of a document, in this order; custom fields can be columns, too',
} as const;

function knownColumn(reference: unknown): string | undefined {
	if (typeof reference !== 'string') return undefined;
	if (fieldOfColumn(reference) !== undefined) return reference;
	const text = reference.toLowerCase();
	return viewColumns.find(({ name, value }) => value === text || name.toLowerCase() === text)
		?.value;
}

/** The columns that are chosen by their names, or by those of custom fields. */
export async function columnsFrom({ names }: Context, given: unknown): Promise<string[]> {
	const columns = new Set<string>();
	for (const reference of toReferences(given, label)) {
		const known = knownColumn(reference);
		columns.add(known ?? columnOfField(await names.id('customField', reference, 'columns')));
	}
	return [...columns];
}

const columnsOf = ({ display_fields: columns }: SavedView): string[] | null =>
	Array.isArray(columns) ? columns.map(String) : null;

/** The names of the columns of views; null where the web interface chooses them. */
export async function namedColumns(
	context: Context,
	views: readonly SavedView[],
): Promise<(view: SavedView) => { columns: unknown[] | null }> {
	const fields = views.flatMap((view) => (columnsOf(view) ?? []).map(fieldOfColumn));
	const nameOf = await namer(context, 'customField', fields);
	const nameOfColumn = (column: string) => {
		const field = fieldOfColumn(column);
		if (field !== undefined) return nameOf(field);
		return viewColumns.find(({ value }) => value === column)?.name ?? column;
	};
	return (view) => ({ columns: columnsOf(view)?.map(nameOfColumn) ?? null });
}
