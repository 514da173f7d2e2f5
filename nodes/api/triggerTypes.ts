/** Numbers that Paperless-ngx uses in workflows (docs/paperless-api.md#workflow-numbers). */
export const triggerTypes = {
	consumptionStarted: 1,
	documentAdded: 2,
	documentUpdated: 3,
	scheduled: 4,
} as const;

export const actionTypes = {
	assignment: 1,
	removal: 2,
	email: 3,
	webhook: 4,
	passwordRemoval: 5,
	moveToTrash: 6,
} as const;

export const sources = { consumeFolder: 1, apiUpload: 2, mail: 3, webUi: 4 } as const;

export const matchingAlgorithms = {
	none: 0,
	anyWord: 1,
	allWords: 2,
	exact: 3,
	regularExpression: 4,
	fuzzy: 5,
} as const;

/**
 * The longest name of a workflow and URL of a webhook that the server accepts
 * (docs/paperless-api.md#workflow-lengths).
 */
export const maxLength = 256;
