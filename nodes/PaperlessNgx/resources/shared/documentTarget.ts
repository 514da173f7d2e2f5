import { documentId } from '../../../documents/documentParameter';
import type { Context } from '../../../toolkit/operation';
import type { Locator } from '../../../toolkit/parameter';

/** The document that an item changes, the same however it is chosen. */
export const documentTarget = (
	{ document }: { document: Locator },
	{ api }: Context,
): Promise<number> => documentId(api, document);
