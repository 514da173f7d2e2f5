import { fileNameFrom } from './fileNameFrom';
import type { ByteStream, HttpReply } from './httpTransport';

export type DownloadedFile = {
	fileName: string;
	mimeType: string;
	body: ByteStream;
};

/** The type of a reply, without its parameters. */
export const mimeTypeOf = ({ headers }: Pick<HttpReply<unknown>, 'headers'>): string =>
	headers['content-type']?.split(';')[0]?.trim() || 'application/octet-stream';

/** A reply as a file. The name is the server's; without one it is made of `stem` and the type. */
export function downloadedFile(
	{ headers, body }: Pick<HttpReply<ByteStream>, 'headers' | 'body'>,
	stem: string,
): DownloadedFile {
	const mimeType = mimeTypeOf({ headers });
	const [, extension = 'bin'] = /\/([a-z0-9]{1,16})$/i.exec(mimeType) ?? [];
	const fileName = fileNameFrom(headers['content-disposition']) ?? `${stem}.${extension}`;
	return { fileName, mimeType, body };
}
