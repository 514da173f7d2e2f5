import pLimit from 'p-limit';
import type { BulkEdit } from '../../../api/documents';
import { PaperlessError } from '../../../api/errors';
import type { DocumentChanges } from '../../../api/schemas/document';
import { namesOrIds } from '../../../toolkit/choices';
import type { Context, Json, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { toReferences } from '../../../toolkit/references';
import { editTogether } from './bulk';
import { encodeCustomFields } from './customFields';
import {
	changesFrom,
	customFieldsParameter,
	documentFields,
	permissionsFrom,
	permissionsParameter,
	tagIds,
} from './fields';
import { documentIds, documentParameter } from './locate';

const clearable = {
	archive_serial_number: null,
	correspondent: null,
	document_type: null,
	owner: null,
	storage_path: null,
	tags: [],
} as const satisfies DocumentChanges;

const parameters = [
	documentParameter,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Fields that are not added here stay as they are',
		options: [
			namesOrIds('Add Tag Names or IDs', 'addTags', 'getTags'),
			...documentFields,
			{
				displayName: 'Clear',
				name: 'clear',
				type: 'multiOptions',
				options: [
					{ name: 'Archive Serial Number', value: 'archive_serial_number' },
					{ name: 'Correspondent', value: 'correspondent' },
					{ name: 'Document Type', value: 'document_type' },
					{ name: 'Owner', value: 'owner', description: 'Makes the document visible to everybody' },
					{ name: 'Storage Path', value: 'storage_path' },
					{ name: 'Tags', value: 'tags' },
				],
				default: [],
				description: 'Fields to empty; an empty value elsewhere leaves its field alone',
			},
			{
				displayName: 'Content',
				name: 'content',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				description: 'The text of the document, in place of what OCR found',
			},
			namesOrIds('Remove Custom Field Names or IDs', 'removeCustomFields', 'getCustomFields'),
			{
				displayName: 'Remove Inbox Tags',
				name: 'removeInboxTags',
				type: 'boolean',
				default: false,
				description: 'Whether to take the document out of the inbox',
			},
			namesOrIds('Remove Tag Names or IDs', 'removeTags', 'getTags'),
			namesOrIds('Set Tag Names or IDs', 'setTags', 'getTags'),
		],
	},
	customFieldsParameter,
	permissionsParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Create If Missing',
				name: 'createIfMissing',
				type: 'boolean',
				default: false,
				description:
					'Whether to create correspondents, document types and tags whose name does not exist yet',
			},
			{
				displayName: 'Replace All Custom Fields',
				name: 'replaceCustomFields',
				type: 'boolean',
				default: false,
				description: 'Whether to remove the custom fields that are not set here',
			},
		],
	},
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof parameters>;

/** `patch` is for one document alone; `edits` are atomic on the server and can be shared by many. */
type Plan = { patch: DocumentChanges; edits: BulkEdit[] };

const bulkForms = {
	correspondent: (correspondent: number | null): BulkEdit => ({
		method: 'set_correspondent',
		parameters: { correspondent },
	}),
	document_type: (document_type: number | null): BulkEdit => ({
		method: 'set_document_type',
		parameters: { document_type },
	}),
	storage_path: (storage_path: number | null): BulkEdit => ({
		method: 'set_storage_path',
		parameters: { storage_path },
	}),
};

const isBulkForm = (field: string): field is keyof typeof bulkForms => field in bulkForms;

async function planFor(context: Context, values: Values): Promise<Plan> {
	const { updateFields, customFields, permissions, options } = values;
	const { createIfMissing: create = false, replaceCustomFields = false } = options;
	const { addTags, removeTags, setTags, clear = [], content, removeInboxTags } = updateFields;
	const [changes, added, removed, set, encoded, removedFields, grants] = await Promise.all([
		changesFrom(context, updateFields, create),
		tagIds(context, addTags, 'Add Tags', create),
		tagIds(context, removeTags, 'Remove Tags', false),
		tagIds(context, setTags, 'Set Tags', create),
		encodeCustomFields(context, customFields),
		context.names.ids(
			'customField',
			toReferences(updateFields.removeCustomFields, 'Remove Custom Fields'),
			'removeCustomFields',
		),
		permissionsFrom(context, permissions),
	]);
	const patch: DocumentChanges = {
		...changes,
		...(content && { content }),
		...(removeInboxTags && { remove_inbox_tags: true }),
		...(set.length > 0 && { tags: set }),
		...(grants && { set_permissions: grants }),
		...Object.fromEntries(clear.map((field) => [field, clearable[field]])),
		...(replaceCustomFields && {
			custom_fields: Object.entries(encoded).map(([field, value]) => ({
				field: Number(field),
				value,
			})),
		}),
	};
	const edits: BulkEdit[] = [];
	if (added.length > 0 || removed.length > 0) {
		edits.push({
			method: 'modify_tags',
			// An id in both lists would end up on the document (§3.6).
			parameters: { add_tags: added, remove_tags: removed.filter((id) => !added.includes(id)) },
		});
	}
	if (!replaceCustomFields && (Object.keys(encoded).length > 0 || removedFields.length > 0)) {
		edits.push({
			method: 'modify_custom_fields',
			parameters: { add_custom_fields: encoded, remove_custom_fields: removedFields },
		});
	}
	if (Object.keys(patch).length === 0 && edits.length === 0) {
		throw new PaperlessError('invalid', 'There is nothing to update', {
			description:
				'Add a field under “Update Fields” or a value under “Custom Fields”. An empty value leaves its field alone; use “Clear” to empty one.',
		});
	}
	return { patch, edits };
}

/** A change that several documents share goes out as one request where the server has it in bulk. */
function shareable({ patch, edits }: Plan): Plan {
	const fields = Object.keys(patch);
	if (fields.length === 0 || !fields.every(isBulkForm)) return { patch, edits };
	const own = fields.filter(isBulkForm).map((field) => bulkForms[field](patch[field] ?? null));
	return { patch: {}, edits: [...own, ...edits] };
}

const patchesAtOnce = 4;

type Target = { id: number; plan: Plan };

async function patchEach(
	{ api }: Context,
	targets: readonly Target[],
	refusals: Map<Target, Error>,
) {
	const atOnce = pLimit(patchesAtOnce);
	await Promise.all(
		targets
			.filter(({ plan }) => Object.keys(plan.patch).length > 0)
			.map(
				async (target) =>
					await atOnce(async () => await api.documents.update(target.id, target.plan.patch)).catch(
						(error: Error) => refusals.set(target, error),
					),
			),
	);
}

/** Says what of an update had already been done when a later part of it was refused. */
function halfDone(error: Error, done: readonly string[]): Error {
	if (done.length === 0 || !(error instanceof PaperlessError)) return error;
	return new PaperlessError(error.kind, error.message, {
		...error,
		description: `${error.description} Already changed: ${done.join(', ')}.`.trim(),
	});
}

async function editShared(
	{ api }: Context,
	targets: readonly Target[],
	refusals: Map<Target, Error>,
) {
	const longest = Math.max(0, ...targets.map(({ plan }) => plan.edits.length));
	for (let step = 0; step < longest; step += 1) {
		const groups = new Map<string, { edit: BulkEdit; targets: Target[] }>();
		for (const target of targets) {
			const edit = refusals.has(target) ? undefined : target.plan.edits[step];
			if (edit === undefined) continue;
			const key = JSON.stringify(edit);
			const group = groups.get(key) ?? { edit, targets: [] };
			group.targets.push(target);
			groups.set(key, group);
		}
		for (const { edit, targets: sharing } of groups.values()) {
			const refused = await editTogether(
				api,
				sharing.map(({ id }) => id),
				edit,
			);
			for (const target of sharing) {
				const error = refused.get(target.id);
				const earlier = target.plan.edits.slice(0, step).map(({ method }) => method);
				if (error)
					refusals.set(target, halfDone(error, [...Object.keys(target.plan.patch), ...earlier]));
			}
		}
	}
}

/** Plans that are equal and shared by several documents are turned into bulk edits. */
function withSharedPlans(targets: readonly Target[]): Target[] {
	const counts = new Map<string, number>();
	const key = ({ plan }: Target) => JSON.stringify(plan);
	for (const target of targets) counts.set(key(target), (counts.get(key(target)) ?? 0) + 1);
	return targets.map((target) =>
		(counts.get(key(target)) ?? 0) > 1 ? { ...target, plan: shareable(target.plan) } : target,
	);
}

const summary = ({ id, plan }: Target): Json => ({
	id,
	updated: true,
	changes: {
		...plan.patch,
		...Object.assign({}, ...plan.edits.map(({ parameters }) => parameters)),
	},
});

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update document',
	description: 'Change fields, tags, custom fields or permissions of a document',
	access: 'write',
	parameters,
	async executeAll(context, calls) {
		const ids = await documentIds(
			context.api,
			calls.map(({ values }) => values.document),
		);
		const planned = await Promise.all(
			calls.map(async ({ values }, index): Promise<Target | Error> => {
				const id = ids[index];
				if (typeof id !== 'number') return id ?? new Error('No document');
				return await planFor(context, values).then(
					(plan) => ({ id, plan }),
					(error: Error) => error,
				);
			}),
		);
		const targets = withSharedPlans(
			planned.flatMap((plan) => (plan instanceof Error ? [] : [plan])),
		);
		const refusals = new Map<Target, Error>();
		await patchEach(context, targets, refusals);
		await editShared(context, targets, refusals);
		const outcomes = targets.map(
			(target): Outcome => refusals.get(target) ?? [{ json: summary(target) }],
		);
		return planned.map((plan) => (plan instanceof Error ? plan : (outcomes.shift() ?? [])));
	},
});
