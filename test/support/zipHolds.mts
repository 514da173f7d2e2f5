import { crc32 } from 'node:zlib';

/** Whether a ZIP holds a file with this text; it lists the checksums of its files. */
export function zipHolds(zip: ArrayBuffer, text: string): boolean {
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32LE(crc32(text));
	return Buffer.from(zip).includes(checksum);
}
