/** A dictionary is taken from the start of its object to its end or to the start of its stream. */
const objectPattern = /(\d+)\s+\d+\s+obj\b([\s\S]*?)(endobj|stream\r?\n)/g;

type Found = {
	/** Dictionaries by object number; a later one replaces an earlier one, as in a file that was changed. */
	dictionaries: Map<number, string>;
	/** Where the streams that hold further objects begin. */
	containers: Array<{ dictionary: string; start: number }>;
};

function objectsIn(text: string): Found {
	const dictionaries = new Map<number, string>();
	const containers: Found['containers'] = [];
	for (const match of text.matchAll(objectPattern)) {
		const [whole, number, dictionary = '', end] = match;
		dictionaries.set(Number(number), dictionary);
		if (end !== 'endobj' && /\/Type\s*\/ObjStm\b/.test(dictionary))
			containers.push({ dictionary, start: match.index + whole.length });
	}
	return { dictionaries, containers };
}

const numberIn = (dictionary: string, key: string): number | undefined => {
	const [, digits] = new RegExp(`/${key}\\s+(\\d+)(?!\\d|\\s+\\d+\\s+R)`).exec(dictionary) ?? [];
	return digits === undefined ? undefined : Number(digits);
};

async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** The objects of a stream: their numbers and places come first, from `First` on the objects themselves. */
function objectsOfContainer(text: string, dictionary: string): Array<[number, string]> {
	const first = numberIn(dictionary, 'First') ?? 0;
	const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
	const starts = numbers.filter((_, index) => index % 2 === 1);
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
	for (const { dictionary, start } of containers) {
		const length = numberIn(dictionary, 'Length') ?? text.indexOf('endstream', start) - start;
		try {
			const content = latin(await inflated(file.subarray(start, start + length)));
			for (const [number, object] of objectsOfContainer(content, dictionary))
				dictionaries.set(number, object);
		} catch {
			return undefined;
		}
	}
	const roots = [...dictionaries.values()].filter(
		(dictionary) => /\/Type\s*\/Pages\b/.test(dictionary) && !/\/Parent\b/.test(dictionary),
	);
	const [root] = roots;
	return root !== undefined && roots.length === 1 ? numberIn(root, 'Count') : undefined;
}
