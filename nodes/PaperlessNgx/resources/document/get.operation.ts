import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import {
	documentIds,
	documentParameter,
	documentsById,
	missingDocument,
} from '../../../documents/locate';
import type { Presentation } from '../../../documents/present';
import {
	contentParameters,
	fieldsQuery,
	outputParameters,
	present,
	presentationOf,
} from '../../../documents/present';

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get document',
	description: 'Retrieve a document by its ID, URL, archive serial number or title',
	access: 'read',
	parameters: [
		documentParameter,
		...outputParameters,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: contentParameters,
		},
	],
	async executeAll({ api, ...context }, calls) {
		const ids = await documentIds(
			api,
			calls.map(({ values }) => values.document),
		);
		const outcomes: Outcome[] = [];
		const wishes = calls.map(({ values }) => presentationOf(values, true));
		for (const wish of new Set(wishes.map((one) => JSON.stringify(one)))) {
			const presentation = JSON.parse(wish) as Presentation;
			const asked = wishes.flatMap((one, index) => (JSON.stringify(one) === wish ? [index] : []));
			const known = asked.flatMap((index) => {
				const id = ids[index];
				return typeof id === 'number' ? [id] : [];
			});
			const documents = await documentsById(api, known, fieldsQuery(presentation));
			const shown = await present({ api, ...context }, [...documents.values()], presentation);
			const byId = new Map([...documents.keys()].map((id, at) => [id, shown[at]]));
			for (const index of asked) {
				const id = ids[index];
				const json = typeof id === 'number' ? byId.get(id) : undefined;
				outcomes[index] = id instanceof Error ? id : json ? [{ json }] : missingDocument(id ?? 0);
			}
		}
		return outcomes;
	},
});
