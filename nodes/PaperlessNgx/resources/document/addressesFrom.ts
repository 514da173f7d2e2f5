import { PaperlessError } from '../../../api/errors';

/**
 * E-mail addresses from a text, separated by commas, semicolons or lines. The server accepts bare
 * addresses only, and rejects the whole mail for an invalid one
 * (docs/paperless-api.md#e-mail-addresses).
 */
export function addressesFrom(text: string): string[] {
	const addresses = text
		.split(/[,;\n]/)
		.map((address) => address.trim())
		.filter(Boolean);
	const invalid = addresses.find((address) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address));
	if (addresses.length > 0 && invalid === undefined) return addresses;
	throw new PaperlessError(
		'invalid',
		invalid === undefined ? '“To” is empty' : `“${invalid}” is not an e-mail address`,
		{
			description:
				'Write bare addresses separated by commas, e.g. ann@example.com, bob@example.com.',
			parameter: 'to',
		},
	);
}
