import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { UploadDraft } from '../../../api/documents';
import { PaperlessError } from '../../../api/errors';
import type { DocumentChanges } from '../../../api/schemas/document';
import type { Consumption } from '../../../api/schemas/task';
import { namesOrIds } from '../../../toolkit/choices';
import type { InputFile } from '../../../toolkit/files';
import type { Call, Context, Json, Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameters';
import { encodeCustomFields } from './customFields';
import {
	changesFrom,
	customFieldsParameter,
	documentFields,
	permissionsFrom,
	permissionsParameter,
	tagIds,
} from './fields';
import { documentsById } from './locate';
import type { Presentation } from './output';
import { fieldsQuery, present } from './output';

const parameters = [
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the field that holds the file; several separated by commas, or empty for every file of the item',
	},
	{
		displayName: 'Wait for Consumption',
		name: 'waitForConsumption',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until the server has read the file (OCR) and filed it as a document',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			...documentFields.slice(0, 4),
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				typeOptions: { rows: 2 },
				default: '',
				description: 'Note to add once the document is there',
			},
			...documentFields.slice(4, 6),
			namesOrIds('Tag Names or IDs', 'tags', 'getTags'),
			...documentFields.slice(6),
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
				displayName: 'On Duplicate',
				name: 'onDuplicate',
				type: 'options',
				options: [
					{
						name: 'Fail',
						value: 'fail',
						description: 'Stop with a message that names the existing document',
					},
					{
						name: 'Return Existing',
						value: 'returnExisting',
						description: 'Send nothing and return the existing document as it is',
					},
					{
						name: 'Update Existing',
						value: 'updateExisting',
						description: 'Send nothing and set the fields given here on the existing document',
					},
				],
				default: 'fail',
				description: 'What to do when the very same file is already in the archive',
			},
			{
				displayName: 'On Failure',
				name: 'onFailure',
				type: 'options',
				options: [
					{ name: 'Fail', value: 'fail', description: 'Stop with the reason' },
					{
						name: 'Return',
						value: 'return',
						description: 'Return an item with the status “failed” and the reason',
					},
				],
				default: 'fail',
				description: 'What to do when the server cannot consume the file',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 600,
				description:
					'Seconds to wait for consumption; what is not done by then comes back with the status “pending”',
			},
		],
	},
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof parameters>;

/** What is set once the document exists, because the upload cannot carry it. */
type Afterwards = { changes: DocumentChanges; note: string };

type Order = {
	itemIndex: number;
	values: Values;
	file: InputFile;
	draft: UploadDraft;
	afterwards: Afterwards;
};

/** What became of one file. `existing` is set where the file was not sent. */
type Result = {
	order: Order;
	taskId?: string;
	consumption: Consumption;
};

const uploadsAtOnce = 3;
/** A title is a template for the server (trap 25) and cut after 127 characters (§3.5). */
const needsNoTemplate = (title: string) => title.length <= 127 && !/[{}]/.test(title);

const isEmpty = ({ changes, note }: Afterwards) => Object.keys(changes).length === 0 && note === '';

async function checksum(file: InputFile, algorithm: 'md5' | 'sha256'): Promise<string> {
	const hash = createHash(algorithm);
	for await (const chunk of file.open()) hash.update(chunk);
	return hash.digest('hex');
}

/** Everything about an item that can be wrong is found here, before anything is sent. */
async function ordersFor(context: Context, { itemIndex, values }: Call<Values>): Promise<Order[]> {
	const { additionalFields, customFields, options, permissions, waitForConsumption } = values;
	const create = options.createIfMissing ?? false;
	const wanted = values.inputDataFieldName
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	const names = wanted.length > 0 ? wanted : context.files.names(itemIndex);
	const files = await Promise.all(
		names.map(async (name) => await context.files.read(itemIndex, name)),
	);
	const empty = files.find(({ size }) => size === 0);
	if (files.length === 0 || empty) {
		throw new PaperlessError(
			'invalid',
			empty ? `The file “${empty.fileName}” is empty` : 'The input has no file',
			{
				description:
					'Let a node that yields a file come before this one, and check what it yields.',
				parameter: 'inputDataFieldName',
			},
		);
	}
	const server = await context.api.server();
	const [{ owner, title, ...changes }, tags, fields, grants] = await Promise.all([
		changesFrom(context, additionalFields, create),
		tagIds(context, additionalFields.tags, 'Tags', create),
		encodeCustomFields(context, customFields),
		permissionsFrom(context, permissions),
	]);
	const fieldsAtUpload = server.has('customFieldValuesAtUpload');
	const titleAtUpload = title !== undefined && needsNoTemplate(title);
	const draft = {
		...changes,
		...(titleAtUpload && { title }),
		...(tags.length > 0 && { tags }),
		...(fieldsAtUpload && { custom_fields: fields }),
	} as UploadDraft;
	const afterwards: Afterwards = {
		changes: {
			...(title !== undefined && !titleAtUpload && { title }),
			...(owner !== undefined && { owner }),
			...(grants && { set_permissions: grants }),
			...(!fieldsAtUpload &&
				Object.keys(fields).length > 0 && {
					custom_fields: Object.entries(fields).map(([field, value]) => ({
						field: Number(field),
						value,
					})),
				}),
		},
		note: additionalFields.note ?? '',
	};
	if (!waitForConsumption && !isEmpty(afterwards)) {
		const named = [...Object.keys(afterwards.changes), ...(afterwards.note ? ['note'] : [])];
		throw new PaperlessError('invalid', 'Some fields can only be set once the document exists', {
			description: `Switch on “Wait for Consumption”, or leave out: ${named.join(', ')}.`,
		});
	}
	return files.map((file) => ({ itemIndex, values, file, draft, afterwards }));
}

/** A document with the same bytes, looked up before sending: 3.x would take them twice (trap 23). */
async function existing({ api }: Context, { file }: Order): Promise<number | undefined> {
	const hash = await checksum(file, await api.documents.checksumAlgorithm());
	const query = { checksum__iexact: hash, fields: 'id', ordering: 'id' };
	const [found] = await api.documents.list(query, { limit: 1 });
	return found?.id;
}

async function send(context: Context, order: Order): Promise<Result> {
	const duplicate = await existing(context, order);
	if (duplicate !== undefined) {
		return {
			order,
			consumption: {
				status: 'duplicate',
				documentId: duplicate,
				inTrash: false,
				reason: `“${order.file.fileName}” is already in the archive as document #${duplicate}.`,
			},
		};
	}
	const { file, draft } = order;
	const taskId = await context.api.documents.upload({ ...file, field: 'document' }, draft);
	return { order, taskId, consumption: { status: 'pending' } };
}

/** Sets what the upload could not carry; on an existing document everything that was given. */
async function finish({ api }: Context, { order, consumption }: Result): Promise<void> {
	const { draft, afterwards, values } = order;
	const id = 'documentId' in consumption ? consumption.documentId : null;
	const onExisting =
		consumption.status === 'duplicate' && values.options.onDuplicate === 'updateExisting';
	if (id === null || (consumption.status !== 'created' && !onExisting)) return;
	const { tags = [], custom_fields = {}, ...fields } = draft;
	if (onExisting) {
		if (tags.length > 0) {
			await api.documents.bulkEdit([id], {
				method: 'modify_tags',
				parameters: { add_tags: tags, remove_tags: [] },
			});
		}
		const values = { ...custom_fields, ...fieldValues(afterwards.changes) };
		if (Object.keys(values).length > 0) {
			await api.documents.bulkEdit([id], {
				method: 'modify_custom_fields',
				parameters: { add_custom_fields: values, remove_custom_fields: [] },
			});
		}
	}
	const { custom_fields: own, ...rest } = afterwards.changes;
	const changes = onExisting
		? { ...fields, ...rest }
		: { ...rest, ...(own && { custom_fields: own }) };
	if (Object.keys(changes).length > 0) await api.documents.update(id, changes);
	if (afterwards.note !== '') await api.documents.addNote(id, afterwards.note);
}

const fieldValues = ({ custom_fields = [] }: DocumentChanges) =>
	Object.fromEntries(custom_fields.map(({ field, value }) => [String(field), value]));

const refusal = ({ order, consumption }: Result): PaperlessError | undefined => {
	const { onDuplicate = 'fail', onFailure = 'fail' } = order.values.options;
	if (consumption.status === 'duplicate' && consumption.documentId === null) {
		return onDuplicate === 'fail' || onFailure === 'fail'
			? new PaperlessError(
					'invalid',
					`“${order.file.fileName}” is already in the archive, in its trash or hidden from this user`,
					{
						description: `${consumption.reason} Restore it from the trash, or delete it there permanently.`,
					},
				)
			: undefined;
	}
	if (consumption.status === 'duplicate' && onDuplicate === 'fail') {
		return new PaperlessError(
			'invalid',
			`“${order.file.fileName}” is already in the archive as document #${consumption.documentId}`,
			{
				description:
					'Under Options → On Duplicate you can have the existing document returned or updated instead.',
			},
		);
	}
	if (consumption.status === 'failed' && onFailure === 'fail') {
		return new PaperlessError(
			'invalid',
			`Paperless-ngx could not consume “${order.file.fileName}”`,
			{
				description: `${consumption.reason} The server's log says more. Under Options → On Failure you can have this returned as data instead.`,
			},
		);
	}
	return undefined;
};

const presentation: Presentation = {
	output: 'simplified',
	selectedFields: [],
	includeContent: false,
	contentMaxLength: undefined,
};

function report({ order, taskId, consumption }: Result, document: Json | undefined): Json {
	const id = 'documentId' in consumption ? consumption.documentId : null;
	return {
		status: consumption.status,
		id,
		file_name: order.file.fileName,
		task_id: taskId ?? null,
		...(consumption.status === 'duplicate' && { existing_document_id: id }),
		...('reason' in consumption &&
			consumption.status !== 'created' && { reason: consumption.reason }),
		...(consumption.status === 'created' && id === null && { reason: consumption.reason }),
		...(document && { document }),
	};
}

export const upload = defineOperation({
	value: 'upload',
	name: 'Upload',
	action: 'Upload document',
	description: 'Send a file to be consumed, and wait until it is a document',
	access: 'write',
	parameters,
	async executeAll(context, calls) {
		const { api, now } = context;
		const atOnce = pLimit(uploadsAtOnce);
		const failures = new Map<number, Error>();
		const note = (itemIndex: number) => (error: Error) => {
			failures.set(itemIndex, failures.get(itemIndex) ?? error);
			return [];
		};
		const orders = await Promise.all(
			calls.map(async (call) => await ordersFor(context, call).catch(note(call.itemIndex))),
		);
		const sent = await Promise.all(
			orders.flat().map(
				async (order) =>
					await atOnce(async () => await send(context, order))
						.then((result) => [result])
						.catch(note(order.itemIndex)),
			),
		);
		const results = sent.flat();

		const awaited = results.filter(
			({ order, taskId }) => taskId && order.values.waitForConsumption,
		);
		const seconds = Math.max(0, ...awaited.map(({ order }) => order.values.options.timeout ?? 600));
		const outcomes = await api.tasks.awaitAll(
			awaited.flatMap(({ taskId }) => taskId ?? []),
			{ timeout: seconds * 1000, now },
		);
		for (const result of awaited) {
			result.consumption = outcomes.get(result.taskId ?? '') ?? result.consumption;
		}
		await Promise.all(
			results.map(
				async (result) =>
					await atOnce(async () => await finish(context, result)).catch(
						note(result.order.itemIndex),
					),
			),
		);

		const ids = results.flatMap(({ consumption }) =>
			'documentId' in consumption && consumption.documentId !== null
				? [consumption.documentId]
				: [],
		);
		const documents = [...(await documentsById(api, ids, fieldsQuery(presentation))).values()];
		const shown = new Map(
			(await present(context, documents, presentation)).map((json) => [json.id, json]),
		);
		return calls.map(({ itemIndex }): Outcome => {
			const own = results.filter(({ order }) => order.itemIndex === itemIndex);
			const failure =
				failures.get(itemIndex) ?? own.map(refusal).find((error) => error !== undefined);
			if (failure) return failure;
			return own.map((result) => {
				const { consumption } = result;
				const id = 'documentId' in consumption ? consumption.documentId : null;
				return { json: report(result, id === null ? undefined : shown.get(id)) };
			});
		});
	},
});
