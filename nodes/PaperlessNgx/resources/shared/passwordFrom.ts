import { PaperlessError } from '../../../api/errors';

/**
 * The password to send; nothing where the field is empty. The server shows asterisks in place of a
 * password and takes nothing but asterisks for “unchanged” (docs/paperless-api.md#passwords).
 */
export function passwordFrom(password = ''): { password?: string } {
	if (password === '') return {};
	if (!/^\*+$/.test(password)) return { password };
	throw new PaperlessError('invalid', '“Password” consists of asterisks', {
		description:
			'Paperless-ngx takes them for the mask that it shows in place of a password, and changes nothing. Enter the password itself, or remove the field.',
		parameter: 'password',
	});
}
