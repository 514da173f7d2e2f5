import type { Sandbox } from './sandbox.mts';

type Row = { id: number; name: string; [field: string]: unknown };

/** A workflow with everything that names something, in the ids of a server. */
export async function fullWorkflow(sandbox: Sandbox, name: string) {
	const idOf = async (path: string, wanted: string): Promise<number> => {
		const { results: rows } = await sandbox.api<{ results: Row[] }>(
			'GET',
			`${path}/?page_size=100`,
		);
		const found = rows.find((row) => row.name === wanted || row.username === wanted);
		if (!found) throw new Error(`No ${wanted}`);
		return found.id;
	};
	const { results: fields } = await sandbox.api<{ results: Row[] }>('GET', 'custom_fields/');
	const status = fields.find((field) => field.name === 'Status');
	const [, option] = (status?.extra_data as { select_options: Row[] }).select_options;
	const [invoice, household] = [await idOf('tags', 'invoice'), await idOf('tags', 'Household')];
	const clerk = await idOf('users', 'clerk');
	return {
		name,
		triggers: [
			{
				type: 1,
				sources: [1, 3],
				filter_filename: '*.pdf',
				filter_has_tags: [invoice],
				matching_algorithm: 2,
				match: 'water bill',
			},
			{
				type: 4,
				schedule_offset_days: 3,
				schedule_date_field: 'custom_field',
				schedule_date_custom_field: await idOf('custom_fields', 'Due'),
				filter_has_correspondent: await idOf('correspondents', 'City Library'),
				filter_has_document_type: await idOf('document_types', 'Letter'),
			},
		],
		actions: [
			{
				type: 1,
				assign_tags: [household],
				assign_correspondent: await idOf('correspondents', 'City Library'),
				assign_document_type: await idOf('document_types', 'Letter'),
				assign_storage_path: await idOf('storage_paths', 'By year'),
				assign_owner: clerk,
				assign_view_users: [clerk],
				assign_change_groups: [await idOf('groups', 'family')],
				assign_custom_fields: [status?.id],
				assign_custom_fields_values: { [String(status?.id)]: option?.id },
			},
			{ type: 2, remove_tags: [invoice], remove_owners: [clerk], remove_all_permissions: true },
			{ type: 3, email: { subject: 'New', body: 'Look', to: 'a@example.com' } },
			{
				type: 4,
				webhook: {
					url: 'http://hook.example/',
					params: { a: 'b' },
					headers: { 'X-Key': 'hidden' },
				},
			},
		],
	};
}
