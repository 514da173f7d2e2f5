import { notice } from '../../../toolkit/parameterBuilders';

export const everyText =
	'The text of every document found is transferred, which takes long for many.';

/** Of operations that return all documents, with their text among the options. */
export const contentNotice = notice('contentNotice', everyText, {
	returnAll: [true],
	'/options.includeContent': [true],
});
