import { asError } from '../../../api/errors';
import type { Tag } from '../../../api/schemas/named';
import { attempt } from '../../../toolkit/attempt';
import type { Context, Json, Outcome, Output } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { ValuesOf } from '../../../toolkit/parameter';
import { notice, oneOrNew, optionsParameter } from '../../../toolkit/parameterBuilders';
import { toReference } from '../../../toolkit/references';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import {
	accessUnlessDry,
	deletionNotice,
	dryDeletionParameter,
	notYetDeleted,
} from '../shared/dryRun';
import { deleteFromBelow } from './deleteFromBelow';
import { moveDocuments } from './moveDocuments';
import type { Deletion } from './tagsBelow';
import { requirePossible, takenAlong } from './tagsBelow';
import { tags } from './tags';

const options = optionsParameter([
	{
		displayName: 'Delete Children',
		name: 'deleteChildren',
		type: 'boolean',
		default: false,
		description: 'Whether to delete the tags below it as well, as Paperless-ngx does',
	},
	{
		...oneOrNew('Move Documents To', 'moveDocumentsTo', 'searchTags', 'Invoice'),
		rejectsEmpty: true,
		description: 'Tag that its documents get instead (merges the two tags)',
	},
]);

const childrenNotice = notice(
	'childrenNotice',
	'All tags below it are deleted as well, and all documents lose them.',
	{ dryRun: [false], '/options.deleteChildren': [true] },
);

type Options = ValuesOf<readonly [typeof options]>['options'];

async function deletionFrom(
	context: Context,
	values: { options: Options; dryRun: boolean } & Record<string, unknown>,
): Promise<Deletion> {
	const { deleteChildren = false, moveDocumentsTo } = values.options;
	const tag = await chosenRow(context, tags, values);
	// An expression that yields nothing must not delete a tag without moving its documents.
	const moves = 'moveDocumentsTo' in values.options;
	const locator = moveDocumentsTo ?? { mode: 'list', value: '' };
	const reference = moves ? toReference(locator, 'Move Documents To') : undefined;
	return {
		tag,
		withChildren: deleteChildren,
		dryRun: values.dryRun,
		...(reference !== undefined && {
			target: await context.names.find('tag', reference, 'moveDocumentsTo'),
		}),
	};
}

/** What a deletion would take. */
async function foreseen(context: Context, { id, name }: Tag, facts: Json): Promise<Output[]> {
	const { document_count: documents } = await context.api.tags.get(id);
	return [
		{
			json: notYetDeleted({
				id,
				name,
				...(typeof documents === 'number' && { documents }),
				...facts,
			}),
		},
	];
}

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete tag',
	description: 'Delete a tag permanently; its documents are kept without it, or get another tag',
	access: accessUnlessDry,
	destroys: () => true,
	parameters: [
		locatorParameter(tags),
		deletionNotice('Deleting a tag cannot be undone. All documents lose it.'),
		dryDeletionParameter,
		options,
		childrenNotice,
	],
	async executeAll(context, calls) {
		const outcomes: Outcome[] = [];
		const asked: Array<{ at: number; deletion: Deletion }> = [];
		for (const [at, { values }] of calls.entries()) {
			try {
				asked.push({ at, deletion: await deletionFrom(context, values) });
			} catch (thrown) {
				outcomes[at] = asError(thrown);
			}
		}
		const all = await context.names.tagsAround(asked.map(({ deletion }) => deletion.tag.id));
		const prepared: Array<{
			at: number;
			deletion: Deletion;
			facts: { documents_moved: number; children_deleted: string[] };
		}> = [];
		// One after the other, because a tag may get the documents of one tag and give them to another.
		for (const [place, { at, deletion }] of asked.entries()) {
			const { tag, target, dryRun } = deletion;
			const isOther = ({ deletion: other }: { deletion: Deletion }) =>
				other.tag.id !== tag.id && other.dryRun === dryRun;
			const others = asked.filter(isOther).map((one) => one.deletion);
			const later = asked
				.slice(place)
				.filter(isOther)
				.map((one) => one.deletion);
			try {
				requirePossible(all, deletion, { later, others });
				const documents_moved = target
					? await moveDocuments(context, tag.id, target.id, dryRun)
					: 0;
				const children_deleted = takenAlong(all, deletion, others).map(({ name }) => name);
				prepared.push({ at, deletion, facts: { documents_moved, children_deleted } });
			} catch (thrown) {
				outcomes[at] = asError(thrown);
			}
		}
		// An item that is refused keeps the tag, even if another item would delete it or one above it.
		const kept = new Set(
			asked
				.filter(({ at, deletion }) => outcomes[at] instanceof Error && !deletion.dryRun)
				.map(({ deletion }) => deletion.tag.id),
		);
		const rows = prepared
			.filter(({ deletion }) => !deletion.dryRun)
			.map(({ deletion }) => deletion.tag);
		const refusals = await deleteFromBelow(context, all, rows, kept);
		for (const { at, deletion, facts } of prepared) {
			const { tag, dryRun } = deletion;
			if (dryRun) outcomes[at] = await attempt(() => foreseen(context, tag, facts));
			else
				outcomes[at] = refusals.get(tag.id) ?? [{ json: { deleted: true, id: tag.id, ...facts } }];
		}
		return outcomes;
	},
});
