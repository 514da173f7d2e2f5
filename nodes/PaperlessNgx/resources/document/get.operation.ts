import { whyMissing } from '../../../documents/missingDocuments';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { includeFile } from '../../../documents/output/downloadChoices';
import { contentParameters, outputParameters } from '../../../documents/output/outputParameters';
import { includePermissions } from '../../../documents/output/presentPermissions';
import { presentationOf } from '../../../documents/output/presentation';
import { attachFiles } from '../../../documents/output/attachFiles';
import { groupBy } from '../../../toolkit/groupBy';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { optionsParameter } from '../../../toolkit/parameterBuilders';
import { documentsAskedFor } from './documentsAskedFor';
import { stages } from './stages';

const lookupsAtOnce = 4;

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get document',
	description:
		'Retrieve a document by its ID, URL, archive serial number or title; the ID of a version returns its document',
	access: 'read',
	parameters: [
		documentParameter,
		...outputParameters,
		optionsParameter([...contentParameters, includeFile, includePermissions]),
	],
	async executeAll(context, calls) {
		const { stage, failures } = stages(context.itemsAtOnce ?? lookupsAtOnce);
		const located = await stage(calls, async ({ itemIndex, values }) => ({
			itemIndex,
			id: await documentId(context.api, values.document),
			presentation: presentationOf(values, true),
			rendition: values.options.includeFile,
		}));
		const outcomes = new Map<number, Outcome>();
		for (const group of groupBy(located, ({ presentation }) => presentation)) {
			const ids = group.map(({ id }) => id);
			const documents = await documentsAskedFor(context, ids, group[0].presentation);
			await stage(group, async ({ itemIndex, id, rendition }) => {
				const found = documents.get(id);
				outcomes.set(
					itemIndex,
					found
						? await attachFiles(context, [found], rendition)
						: await whyMissing(context.api, id),
				);
			});
		}
		return calls.map(({ itemIndex }) => failures.get(itemIndex) ?? outcomes.get(itemIndex) ?? []);
	},
});
