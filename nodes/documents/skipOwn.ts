/** The loop guard of both triggers; they read who changed a document from its history. */
export const skipOwn = {
	displayName: 'Skip Changes Made by Me',
	name: 'skipOwn',
	type: 'boolean',
	default: true,
	description:
		'Whether to skip changes made by the user of this credential, so that a workflow does not trigger itself',
} as const;
