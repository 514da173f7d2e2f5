import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import type { DownloadedFile } from '../api/documentFiles';

export type StoredFile = IBinaryData;

/** A file of an input item, readable as often as needed without being held in memory. */
export type InputFile = {
	fileName: string;
	mimeType: string;
	/** Bytes */
	size: number;
	open: () => AsyncIterable<Uint8Array>;
};

export type Files = {
	/** The fields of an item that hold files. */
	names(itemIndex: number): string[];
	read(itemIndex: number, property: string): Promise<InputFile>;
	store(file: DownloadedFile): Promise<StoredFile>;
};

type Streamed = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** Large enough that a gigabyte is not a million reads; larger ones leave more memory to collect. */
const chunkSize = 64 * 1024;

/** Puts a downloaded file where n8n keeps files, as it arrives. */
export const storeOf =
	(helpers: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData'>): Files['store'] =>
	async ({ body, fileName, mimeType }) => {
		try {
			return await helpers.prepareBinaryData(body as Streamed, fileName, mimeType);
		} catch (thrown) {
			const broken = new PaperlessError('interrupted', `“${fileName}” did not arrive whole`, {
				description: `The connection broke off while the file was being read; nothing of it was kept. Try again. (${String(thrown).slice(0, 200)})`,
			});
			return await Promise.reject(broken);
		}
	};

export function filesOf(node: IExecuteFunctions): Files {
	const { helpers } = node;
	const filesOfItem = (itemIndex: number) => node.getInputData()[itemIndex]?.binary ?? {};
	return {
		names: (itemIndex) => Object.keys(filesOfItem(itemIndex)),
		async read(itemIndex, property) {
			const binary = filesOfItem(itemIndex)[property];
			if (binary === undefined) {
				const present = Object.keys(filesOfItem(itemIndex));
				throw new PaperlessError('invalid', `The input has no file “${property}”`, {
					description:
						present.length > 0
							? `It has: ${present.join(', ')}. Enter one of them under “Input Data Field Name”.`
							: 'It has no file at all. Let a node that yields files come before this one.',
				});
			}
			const { id, data } = binary;
			const size = id
				? (await helpers.getBinaryMetadata(id)).fileSize
				: Buffer.byteLength(data, 'base64');
			return {
				fileName: binary.fileName ?? `${property}.${binary.fileExtension ?? 'bin'}`,
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
