import { PaperlessError } from '../../../api/errors';

export const nothingToChange = () =>
	new PaperlessError('invalid', 'There is nothing to change', {
		description: 'Set at least one of the fields.',
	});
