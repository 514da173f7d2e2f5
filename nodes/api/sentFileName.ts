import { safeFileName } from './safeFileName';

/**
 * The name under which a file is sent; `undefined` where nothing names a file. A form writes a
 * quotation mark as `%22`, and servers keep it so (docs/paperless-api.md#file-names).
 */
export const sentFileName = (name: string | undefined): string | undefined =>
	safeFileName(name)?.replaceAll('"', "'");
