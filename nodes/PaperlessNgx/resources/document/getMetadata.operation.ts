import type { Context, Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { documentId, documentParameter } from '../../../documents/locate';

/** Operations that ask one question about one document. */
const question = (
	identity: {
		value: string;
		name: string;
		action: string;
		description: string;
		needs?: 'aiFeatures';
	},
	ask: (context: Context, id: number) => Promise<Json[]>,
) =>
	defineOperation({
		...identity,
		access: 'read',
		parameters: [documentParameter],
		async execute(context, { document }) {
			const answers = await ask(context, await documentId(context.api, document));
			return answers.map((json) => ({ json }));
		},
	});

export const getMetadata = question(
	{
		value: 'getMetadata',
		name: 'Get Metadata',
		action: 'Get metadata of document',
		description:
			'Retrieve checksums, sizes, types and embedded metadata of the files of a document',
	},
	async ({ api }, id) => [{ id, ...(await api.parts.metadata(id)) }],
);

export const getHistory = question(
	{
		value: 'getHistory',
		name: 'Get History',
		action: 'Get history of document',
		description:
			'Retrieve who changed what and when, newest first; needs the audit log of the server',
	},
	async ({ api }, id) => (await api.parts.history(id)).map((entry) => ({ ...entry, document: id })),
);

const namesFor = async (
	{ names }: Context,
	kind: 'correspondent' | 'documentType' | 'storagePath' | 'tag',
	ids: number[],
) => {
	const known = await names.namesOf(kind, ids);
	return ids.map((id) => ({ id, name: known.get(id) ?? null }));
};

const suggested = async (
	context: Context,
	id: number,
	ask: 'suggestions' | 'aiSuggestions',
): Promise<Json[]> => {
	const { correspondents, document_types, storage_paths, tags, dates, ...rest } =
		await context.api.parts[ask](id);
	return [
		{
			id,
			correspondents: await namesFor(context, 'correspondent', correspondents),
			document_types: await namesFor(context, 'documentType', document_types),
			storage_paths: await namesFor(context, 'storagePath', storage_paths),
			tags: await namesFor(context, 'tag', tags),
			dates,
			...rest,
		},
	];
};

export const getSuggestions = question(
	{
		value: 'getSuggestions',
		name: 'Get Suggestions',
		action: 'Get suggestions for document',
		description: 'Retrieve what the server’s classifier suggests, with names and IDs',
	},
	async (context, id) => await suggested(context, id, 'suggestions'),
);

export const getAiSuggestions = question(
	{
		value: 'getAiSuggestions',
		name: 'Get AI Suggestions',
		action: 'Get AI suggestions for document',
		description: 'Retrieve what the server’s AI suggests, with names that do not exist yet too',
		needs: 'aiFeatures',
	},
	async (context, id) => await suggested(context, id, 'aiSuggestions'),
);
