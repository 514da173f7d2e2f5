import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
	name: string;
	bytes: Uint8Array;
}

const namesInUtf8 = 0x0800;
const firstDay = 0x0021;

const shorts = (...values: number[]): Buffer => {
	const buffer = Buffer.alloc(values.length * 2);
	values.forEach((value, index) => buffer.writeUInt16LE(value, index * 2));
	return buffer;
};

const longs = (...values: number[]): Buffer => {
	const buffer = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => buffer.writeUInt32LE(value, index * 4));
	return buffer;
};

/** All entries have the first date of the format, so the same files always yield the same ZIP. */
export function zip(entries: readonly ZipEntry[], deflated: boolean): Buffer {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, bytes } of entries) {
		const data = deflated ? deflateRawSync(bytes) : Buffer.from(bytes);
		const path = Buffer.from(name);
		const about = Buffer.concat([
			shorts(20, namesInUtf8, deflated ? 8 : 0, 0, firstDay),
			longs(crc32(bytes), data.length, bytes.length),
			shorts(path.length, 0),
		]);
		const file = Buffer.concat([longs(0x04034b50), about, path, data]);
		files.push(file);
		directory.push(longs(0x02014b50), shorts(20), about, shorts(0, 0, 0), longs(0, offset), path);
		offset += file.length;
	}
	const list = Buffer.concat(directory);
	const count = entries.length;
	const end = [
		longs(0x06054b50),
		shorts(0, 0, count, count),
		longs(list.length, offset),
		shorts(0),
	];
	return Buffer.concat([...files, list, ...end]);
}
