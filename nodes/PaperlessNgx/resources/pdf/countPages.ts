/** The beginning of an object. The numbers of real files are shorter than these bounds. */
const beginning = /(\d{1,10})\s{1,8}\d{1,5}\s{1,8}obj\b/g;

/** A dictionary is taken from the start of its object to its end or to the start of its stream. */
const ending = /endobj|stream\r?\n/g;

/** Bytes. A file of a few kilobytes can be packed so that it unpacks to gigabytes. */
const mostUnpacked = 64 * 1024 * 1024;

type Found = {
	/** Dictionaries by object number; a later one replaces an earlier one, as in a file that was changed. */
	dictionaries: Map<number, string>;
	/** Where the streams that hold further objects begin. */
	containers: Array<{ dictionary: string; start: number }>;
};

function objectsIn(text: string): Found {
	const dictionaries = new Map<number, string>();
	const containers: Found['containers'] = [];
	const begins = new RegExp(beginning);
	const ends = new RegExp(ending);
	for (;;) {
		const begin = begins.exec(text);
		if (begin === null) break;
		ends.lastIndex = begins.lastIndex;
		const end = ends.exec(text);
		// Without an end of this object there is none of the objects after it.
		if (end === null) break;
		const dictionary = text.slice(begins.lastIndex, end.index);
		dictionaries.set(Number(begin[1]), dictionary);
		if (end[0] !== 'endobj' && /\/Type\s*\/ObjStm\b/.test(dictionary))
			containers.push({ dictionary, start: ends.lastIndex });
		begins.lastIndex = ends.lastIndex;
	}
	return { dictionaries, containers };
}

const numberIn = (dictionary: string, key: string): number | undefined => {
	const [, digits] = new RegExp(`/${key}\\s+(\\d+)(?!\\d|\\s+\\d+\\s+R)`).exec(dictionary) ?? [];
	return digits === undefined ? undefined : Number(digits);
};

/** What packed bytes unpack to. `undefined` where they are damaged or unpack to more than `most`. */
async function unpacked(bytes: Uint8Array, most: number): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
		for await (const chunk of stream) {
			size += chunk.byteLength;
			if (size > most) return undefined;
			chunks.push(chunk);
		}
	} catch {
		return undefined;
	}
	return Buffer.concat(chunks);
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/**
 * The objects of a stream: their numbers and places come first, from `First` on the objects
 * themselves. `undefined` where the places do not ascend, because such objects overlap.
 */
function objectsOfContainer(text: string, dictionary: string): Array<[number, string]> | undefined {
	const first = numberIn(dictionary, 'First') ?? 0;
	const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
	const starts = numbers.filter((_, index) => index % 2 === 1);
	if (starts.some((start, index) => start < (starts[index - 1] ?? 0))) return undefined;
	return starts.map((start, index) => {
		const end = starts[index + 1];
		const object = text.slice(first + start, end === undefined ? undefined : first + end);
		return [numbers[index * 2] ?? 0, object];
	});
}

/**
 * The number of pages of a PDF file, from the root of its page tree. Undefined where it cannot be
 * told: the file is encrypted, damaged, or built in a way that this reader does not know.
 */
export async function countPages(file: Uint8Array): Promise<number | undefined> {
	const text = latin(file);
	if (!text.startsWith('%PDF-') || /\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return undefined;
	const { dictionaries, containers } = objectsIn(text);
	let left = mostUnpacked;
	for (const { dictionary, start } of containers) {
		const length = numberIn(dictionary, 'Length') ?? text.indexOf('endstream', start) - start;
		const content = await unpacked(file.subarray(start, start + length), left);
		const objects = content && objectsOfContainer(latin(content), dictionary);
		if (content === undefined || objects === undefined) return undefined;
		left -= content.byteLength;
		for (const [number, object] of objects) dictionaries.set(number, object);
	}
	const roots = [...dictionaries.values()].filter(
		(dictionary) => /\/Type\s*\/Pages\b/.test(dictionary) && !/\/Parent\b/.test(dictionary),
	);
	const [root] = roots;
	return root !== undefined && roots.length === 1 ? numberIn(root, 'Count') : undefined;
}
