/** The columns of a saved view that are no custom fields, by their names in the web interface. */
export const viewColumns = [
	{ name: 'Added', value: 'added' },
	{ name: 'Archive Serial Number', value: 'asn' },
	{ name: 'Correspondent', value: 'correspondent' },
	{ name: 'Created', value: 'created' },
	{ name: 'Document Type', value: 'documenttype' },
	{ name: 'Notes', value: 'note' },
	{ name: 'Owner', value: 'owner' },
	{ name: 'Page Count', value: 'pagecount' },
	{ name: 'Shared', value: 'shared' },
	{ name: 'Storage Path', value: 'storagepath' },
	{ name: 'Tags', value: 'tag' },
	{ name: 'Title', value: 'title' },
] as const;

export const columnOfField = (id: number): string => `custom_field_${id}`;

/** The id of the custom field that is a column; undefined for any other column. */
export function fieldOfColumn(column: string): number | undefined {
	const [, id] = /^custom_field_(\d+)$/.exec(column) ?? [];
	return id === undefined ? undefined : Number(id);
}
