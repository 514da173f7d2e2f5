import { createHash } from 'node:crypto';

/** The sandbox cannot read pictures; of those in `test/recordings/files` it knows what is written on them. */
const texts: Record<string, string> = {
	'9a90f35f2181f07f2da00661aec50b7e6786f15dcade72212b6805e91f6aca19':
		'Parking ticket\nDate: 2024-06-21\nAmount: 35 EUR\n\nReference: PT 3390',
};

export const knownText = (bytes: Uint8Array): string =>
	texts[createHash('sha256').update(bytes).digest('hex')] ?? '';
