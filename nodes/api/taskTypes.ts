type Choice = { name: string; value: string };

/** By their names in 3.0. */
export const taskTypes = [
	{ name: 'Build Share Link Bundle', value: 'build_share_link' },
	{ name: 'Bulk Delete', value: 'bulk_delete' },
	{ name: 'Bulk Update', value: 'bulk_update' },
	{ name: 'Check Workflows', value: 'check_workflows' },
	{ name: 'Consume File', value: 'consume_file' },
	{ name: 'Empty Trash', value: 'empty_trash' },
	{ name: 'Fetch Mail', value: 'mail_fetch' },
	{ name: 'Optimize Index', value: 'index_optimize' },
	{ name: 'Reprocess Document', value: 'reprocess_document' },
	{ name: 'Sanity Check', value: 'sanity_check' },
	{ name: 'Train Classifier', value: 'train_classifier' },
	{ name: 'Update AI Index', value: 'llm_index' },
] as const satisfies readonly Choice[];

const ofAllServers = ['consume_file', 'index_optimize', 'sanity_check', 'train_classifier'];

/** Whether servers before 3.0 list tasks of this type. */
export const isOfAllServers = (type: string): boolean => ofAllServers.includes(type);
