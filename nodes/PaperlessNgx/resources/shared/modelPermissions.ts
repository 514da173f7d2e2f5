/** What the web interface calls a kind of object, and what the server calls it in permissions. */
const models = {
	Configuration: 'applicationconfiguration',
	Correspondent: 'correspondent',
	'Custom Field': 'customfield',
	Document: 'document',
	'Document Type': 'documenttype',
	Group: 'group',
	History: 'logentry',
	'Mail Account': 'mailaccount',
	'Mail Rule': 'mailrule',
	Note: 'note',
	'Processed Mail': 'processedmail',
	'Saved View': 'savedview',
	'Share Link': 'sharelink',
	'Share Link Bundle': 'sharelinkbundle',
	'Storage Path': 'storagepath',
	Tag: 'tag',
	Task: 'paperlesstask',
	'UI Settings': 'uisettings',
	User: 'user',
	Workflow: 'workflow',
} as const;

const actions = { View: 'view', Add: 'add', Change: 'change', Delete: 'delete' } as const;

const options = [
	...Object.entries(models).flatMap(([noun, model]) =>
		Object.entries(actions).map(([verb, action]) => ({
			name: `${noun}: ${verb}`,
			value: `${action}_${model}`,
		})),
	),
	{ name: 'Global Statistics: View', value: 'view_global_statistics' },
	{ name: 'System Status: View', value: 'view_system_monitoring' },
].sort((a, b) => a.name.localeCompare(b.name));

/** What a user or the members of a group may do, by the names of the web interface. */
export const modelPermissions = <const Name extends string>(name: Name) =>
	({
		displayName: 'Permissions',
		name,
		type: 'multiOptions',
		options,
		default: [],
		description:
			'Replaces the permissions. Most uses of the web interface also require “UI Settings: View”. An expression may return names such as “Document: View” or “view_document”.',
	}) as const;
