import { createHash } from 'node:crypto';

/**
 * The sandbox cannot read pictures. These are the texts on the pictures in `test/recordings/files`.
 */
const texts: Record<string, string> = {
	'8883361dfe0e8caef4c068aa2706e04b5b9d1dd6ef849d22d7bf9a53638d2252':
		'Bus ticket\n\nDate: 2024-09-09\n\nPrice: 3 EUR',
	'151180c9336779c74b9f86879e2fca0d02d1c7155cc2253dbaff2a269bceb20d':
		'Garden receipt\n\nDate: 2024-08-03\n\nTotal: 18 EUR',
	'9a90f35f2181f07f2da00661aec50b7e6786f15dcade72212b6805e91f6aca19':
		'Parking ticket\nDate: 2024-06-21\nAmount: 35 EUR\n\nReference: PT 3390',
};

export const knownText = (bytes: Uint8Array): string =>
	texts[createHash('sha256').update(bytes).digest('hex')] ?? '';
