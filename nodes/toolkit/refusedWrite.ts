import { PaperlessError } from '../api/errors';

/** The error for what a credential with Read Only does not do. `reason` is a sentence about it. */
export const refusedWrite = (reason: string): PaperlessError =>
	new PaperlessError('readOnly', 'The credential is set to Read Only', {
		description: `${reason} Use another credential, or switch off “Read Only” in this one.`,
	});
