import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import type { DownloadedFile } from '../api/downloadedFile';
import { sentFileName } from '../api/sentFileName';

export type StoredFile = IBinaryData;

/** A file of an input item. It can be read repeatedly and is never held in memory as a whole. */
export type InputFile = {
	fileName: string;
	mimeType: string;
	/** Bytes. */
	size: number;
	open: () => AsyncIterable<Uint8Array>;
};

export type Files = {
	/** The fields of an item that contain files. */
	names(itemIndex: number): string[];
	/** Throws an error of the kind `invalid` where the item has no such field. */
	read(itemIndex: number, property: string): Promise<InputFile>;
	/** Streams a file into n8n's storage. */
	store(file: DownloadedFile): Promise<StoredFile>;
};

type Streamed = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** Bytes per read. Smaller chunks make a gigabyte a million reads; larger chunks use more memory. */
const chunkSize = 64 * 1024;

const partlyDownloaded = (fileName: string, thrown: unknown) =>
	new PaperlessError('interrupted', `“${fileName}” was only partly downloaded`, {
		description: `The connection was interrupted while n8n read the file, and n8n discarded it. Try again. (${String(thrown).slice(0, 200)})`,
	});

/** The name of a file; where n8n has none that names a file, the name of its field and its type. */
function fileNameOf({ fileName, fileExtension }: IBinaryData, property: string): string {
	const ending = /^[a-z0-9]{1,16}$/i.test(fileExtension ?? '') ? fileExtension : 'bin';
	return sentFileName(fileName) ?? sentFileName(`${property}.${ending}`) ?? `file.${ending}`;
}

/** Streams a downloaded file into n8n's storage. */
export const storeOf =
	(helpers: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData'>): Files['store'] =>
	async ({ body, fileName, mimeType }) => {
		try {
			return await helpers.prepareBinaryData(body as Streamed, fileName, mimeType);
		} catch (thrown) {
			throw partlyDownloaded(fileName, thrown);
		}
	};

/** The files of a node with input items. */
export function filesOf(node: IExecuteFunctions): Files {
	const { helpers } = node;
	const filesOfItem = (itemIndex: number) => node.getInputData()[itemIndex]?.binary ?? {};
	return {
		names: (itemIndex) => Object.keys(filesOfItem(itemIndex)),
		async read(itemIndex, property) {
			const files = new Map(Object.entries(filesOfItem(itemIndex)));
			const binary = files.get(property);
			if (binary === undefined) {
				const present = [...files.keys()];
				throw new PaperlessError('invalid', `The input has no file “${property}”`, {
					description:
						present.length > 0
							? `Its files are: ${present.join(', ')}. Enter one of them under “Input Data Field Name”.`
							: 'The input item has no files. Add a node that outputs a file before this one.',
				});
			}
			const { id, data } = binary;
			const size = id
				? (await helpers.getBinaryMetadata(id)).fileSize
				: Buffer.byteLength(data, 'base64');
			return {
				fileName: fileNameOf(binary, property),
				mimeType: binary.mimeType,
				size,
				async *open() {
					if (!id) {
						yield Buffer.from(data, 'base64');
						return;
					}
					for await (const chunk of await helpers.getBinaryStream(id, chunkSize)) {
						yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
					}
				},
			};
		},
		store: storeOf(helpers),
	};
}
