import { PaperlessError } from '../../../api/errors';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Context, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Locator } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';
import type { Entity } from '../capabilities/entity';
import { locatorOf, locatorParameter } from '../capabilities/entity';
import { editObjects } from '../capabilities/editObjects';
import { editTogether } from '../../../documents/editTogether';

/** All tags below this one: the server deletes them with it (paperless-api §3.8). */
async function descendants({ names }: Context, id: number): Promise<string[]> {
	const all = await names.all('tag');
	const below = (parent: number): string[] =>
		all.filter((tag) => tag.parent === parent).flatMap((child) => [child.name, ...below(child.id)]);
	return below(id);
}

async function moveDocuments({ api }: Context, from: number, to: number): Promise<number> {
	const documents = await api.documents.list({
		tags__id__all: String(from),
		fields: 'id',
		ordering: 'id',
	});
	const ids = documents.map(({ id }) => id);
	const refusals = await editTogether(api, ids, {
		method: 'modify_tags',
		parameters: { add_tags: [to], remove_tags: [from] },
	});
	const [refused] = refusals.values();
	if (refused === undefined) return ids.length;
	throw new PaperlessError(
		'invalid',
		`${refusals.size} of ${ids.length} documents could not be given the other tag`,
		{
			description: `The tag was therefore not deleted. ${refused.message}`,
		},
	);
}

type Values = { options: { moveDocumentsTo?: Locator; deleteChildren?: boolean } };

async function prepare(
	context: Context,
	id: number,
	{ options }: Values,
): Promise<{ moved: number; children: string[] }> {
	const { deleteChildren = false, moveDocumentsTo } = options;
	const children = await descendants(context, id);
	if (children.length > 0 && !deleteChildren) {
		throw new PaperlessError(
			'invalid',
			'The tag has others below it, which would be deleted with it',
			{
				description: `These are: ${children.join(', ')}. Switch on “Delete Children” if that is what you want, or give them another parent first.`,
			},
		);
	}
	if (!moveDocumentsTo) return { moved: 0, children };
	const target = await context.names.find(
		'tag',
		toReference(moveDocumentsTo, 'Move Documents To'),
		'moveDocumentsTo',
	);
	if (target.id === id) {
		throw new PaperlessError('invalid', 'A tag cannot be merged with itself', {
			description: 'Choose another tag under “Move Documents To”.',
		});
	}
	return { moved: await moveDocuments(context, id, target.id), children };
}

export const del = (entity: Entity) =>
	defineOperation({
		value: 'delete',
		name: 'Delete',
		action: 'Delete tag',
		description: 'Delete a tag permanently; its documents stay and lose it, or get another one',
		access: 'write',
		parameters: [
			locatorParameter(entity),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Delete Children',
						name: 'deleteChildren',
						type: 'boolean',
						default: false,
						description: 'Whether to delete the tags below it as well, as Paperless-ngx does',
					},
					{
						...oneOf('Move Documents To', 'moveDocumentsTo', 'searchTags', 'Invoice'),
						description: 'Tag that the documents get instead (merges the two)',
					},
				],
			},
		],
		async executeAll(context, calls) {
			const prepared = new Map<number, { id: number; moved: number; children: string[] }>();
			const outcomes: Outcome[] = [];
			for (const [at, { values }] of calls.entries()) {
				await context.names
					.find('tag', locatorOf(entity, values), 'tag')
					.then(async ({ id }) => prepared.set(at, { id, ...(await prepare(context, id, values)) }))
					.catch((error: Error) => (outcomes[at] = error));
			}
			const ids = [...prepared.values()].map(({ id }) => id);
			const refusals = await editObjects(context, 'tags', ids, { operation: 'delete' });
			for (const [at, { id, moved, children }] of prepared) {
				outcomes[at] = refusals.get(id) ?? [
					{ json: { deleted: true, id, documents_moved: moved, children_deleted: children } },
				];
			}
			return outcomes;
		},
	});
