import { documentId, documentParameter } from '../../../documents/documentParameter';
import type { Context, Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

type Identity = {
	value: string;
	name: string;
	action: string;
	description: string;
	needs?: 'aiFeatures';
};

/** An operation that reads details of one document. */
export const detailOperation = (
	identity: Identity,
	read: (context: Context, id: number) => Promise<Json[]>,
) =>
	defineOperation({
		...identity,
		access: 'read',
		parameters: [documentParameter],
		async execute(context, { document }) {
			const details = await read(context, await documentId(context.api, document));
			return details.map((json) => ({ json }));
		},
	});
