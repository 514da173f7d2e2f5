import { asError, PaperlessError } from '../../../api/errors';
import { editDocuments } from '../../../documents/edit/editDocuments';
import { PlannedNames } from '../../../documents/edit/plannedNames';
import type { Context, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { ValuesOf } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';
import { editObjects } from '../capabilities/editObjects';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { tags } from './tags';

const optionsParameter = {
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
			description: 'Tag that its documents get instead (merges the two tags)',
		},
	],
} as const;

type Options = ValuesOf<readonly [typeof optionsParameter]>['options'];

/**
 * The names of all tags below this one: the server deletes them with it
 * (docs/paperless-api.md#deleted-parent-tags).
 */
async function descendants({ names }: Context, id: number): Promise<string[]> {
	const all = await names.all('tag');
	const below = (parent: number): string[] =>
		all.filter((tag) => tag.parent === parent).flatMap((child) => [child.name, ...below(child.id)]);
	return below(id);
}

/** Replaces one tag by another on all documents. Returns how many documents there were. */
async function moveDocuments(context: Context, from: number, to: number): Promise<number> {
	const documents = await context.api.documents.list({
		tags__id__all: String(from),
		fields: 'id',
		ordering: 'id',
	});
	const ids = documents.map(({ id }) => id);
	const edit = { ids, intent: { tags: { add: [to], remove: [from] } } };
	const [reports = new Map()] = await editDocuments(
		context,
		[edit],
		new PlannedNames(context.names),
	);
	const refusals = [...reports.values()].filter((report) => report instanceof Error);
	const [refusal] = refusals;
	if (refusal === undefined) return ids.length;
	throw new PaperlessError(
		'invalid',
		`${refusals.length} of ${ids.length} documents could not be moved to the other tag`,
		{ description: `The tag was therefore not deleted. ${refusal.message}` },
	);
}

/** Does what has to be done before the tag is deleted, or says why it must not be deleted. */
async function prepare(
	context: Context,
	id: number,
	{ deleteChildren = false, moveDocumentsTo }: Options,
): Promise<{ moved: number; children: string[] }> {
	const children = await descendants(context, id);
	if (children.length > 0 && !deleteChildren) {
		throw new PaperlessError(
			'invalid',
			'The tag has children, which Paperless-ngx would delete with it',
			{
				description: `They are: ${children.join(', ')}. Switch on “Delete Children” to delete them, or give them another parent first.`,
			},
		);
	}
	if (!moveDocumentsTo) return { moved: 0, children };
	const reference = toReference(moveDocumentsTo, 'Move Documents To');
	const target = await context.names.find('tag', reference, 'moveDocumentsTo');
	if (target.id === id) {
		throw new PaperlessError('invalid', 'A tag cannot be merged with itself', {
			description: 'Choose another tag under “Move Documents To”.',
		});
	}
	return { moved: await moveDocuments(context, id, target.id), children };
}

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete tag',
	description: 'Delete a tag permanently; its documents are kept without it, or get another tag',
	access: 'write',
	parameters: [locatorParameter(tags), optionsParameter],
	async executeAll(context, calls) {
		const outcomes: Outcome[] = [];
		const prepared: Array<{ at: number; id: number; moved: number; children: string[] }> = [];
		// One after the other, because a tag may get the documents of one tag and give them to another.
		for (const [at, { values }] of calls.entries()) {
			try {
				const { id } = await chosenRow(context, tags, values);
				prepared.push({ at, id, ...(await prepare(context, id, values.options)) });
			} catch (thrown) {
				outcomes[at] = asError(thrown);
			}
		}
		const ids = prepared.map(({ id }) => id);
		const refusals = await editObjects(context, tags, ids, { operation: 'delete' });
		for (const { at, id, moved, children } of prepared) {
			outcomes[at] = refusals.get(id) ?? [
				{ json: { deleted: true, id, documents_moved: moved, children_deleted: children } },
			];
		}
		return outcomes;
	},
});
