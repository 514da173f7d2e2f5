import { addTags, removeTags } from './classification.mts';
import { updateInBulk } from './bulkUpdate.mts';
import { parse } from './consume.mts';
import { checkValue, setUnchecked, setValue } from './customFieldValues.mts';
import { selected, selectionFields } from './documents.mts';
import {
	attempt,
	boolean,
	choice,
	dictionary,
	integer,
	list,
	mergeGrants,
	setPermissions,
	text,
	validate,
	wrong,
} from './fields.mts';
import type { Check, Field } from './fields.mts';
import { loggedInBulk } from './history.mts';
import type { BulkField } from './history.mts';
import { crash, data, isCrash, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { meetsLock } from './meetsLock.mts';
import { pdfMethods } from './pdfEdit.mts';
import type { PdfMethod } from './pdfEdit.mts';
import { isFree, may, mayChange } from './permissions.mts';
import type { CustomField, Document, Store } from './store.mts';
import { recordWork } from './tasks.mts';
import { newestVersion, trashInBulk } from './versionRows.mts';

type Parameters = Record<string, unknown>;

interface Method {
	parameters: readonly string[];
	/** The field under which the history records the edit. */
	history?: BulkField;
	/** The permission to change the document is not enough; the user must own it. */
	ownerOnly?: boolean;
	/** In 3.0 most methods create a task even if they change nothing. */
	leavesTask?: 'never' | 'ifChanged';
	/** Returns whether the document counts as changed. */
	apply(document: Document, parameters: Parameters, call: Call): boolean;
	check?(parameters: Parameters, call: Call): void;
}

type RelatedKind = 'correspondents' | 'document_types' | 'storage_paths' | 'tags';

function requireKnown(store: Store, kind: RelatedKind, value: unknown, label: string): void {
	const id = Number(value);
	if (Number.isNaN(id)) crash();
	if (!store[kind].rows.has(id)) wrong(`${label} does not exist`);
}

const capitalized = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

const setRelated = (
	parameter: 'correspondent' | 'document_type' | 'storage_path',
	kind: RelatedKind,
): Method => {
	const label = parameter === 'correspondent' ? parameter : parameter.replace('_', ' ');
	const name = parameter === 'storage_path' ? label : parameter;
	return {
		parameters: [parameter],
		history: parameter,
		check: (parameters, { store }) => {
			if (!(parameter in parameters)) wrong(`${name} not specified`);
			if (parameters[parameter] !== null)
				requireKnown(store, kind, parameters[parameter], capitalized(label));
		},
		apply: (document, parameters) => {
			const id = parameters[parameter] === null ? null : Number(parameters[parameter]);
			const changed = document[parameter] !== id;
			document[parameter] = id;
			return changed;
		},
	};
};

const oneTag = (change: typeof addTags): Method => ({
	parameters: ['tag'],
	history: 'tags',
	leavesTask: 'ifChanged',
	check: ({ tag }, { store }) => {
		if (tag === undefined) wrong('tag not specified');
		requireKnown(store, 'tags', tag, 'Tag');
	},
	apply: (document, { tag }, { store }) => change(store, document, [Number(tag)]),
});

function requireTags(parameters: Parameters, name: string, store: Store): void {
	const ids = parameters[name];
	if (ids === undefined) wrong(`${name} not specified`);
	if (!Array.isArray(ids)) return wrong(`${name} must be a list`);
	if (!ids.every((id) => Number.isInteger(id))) wrong(`${name} must be a list of integers`);
	const known = ids.every((id) => store.tags.rows.has(id as number));
	if (!known || new Set(ids).size < ids.length) {
		wrong(`Some tags in ${name} don't exist or were specified twice.`);
	}
}

const modifyTags: Method = {
	parameters: ['add_tags', 'remove_tags'],
	history: 'tags',
	check: (parameters, { store }) => {
		requireTags(parameters, 'add_tags', store);
		requireTags(parameters, 'remove_tags', store);
	},
	apply: (document, { add_tags: add, remove_tags: remove }, { store }) => {
		removeTags(store, document, remove as number[]);
		addTags(store, document, add as number[]);
		return true;
	},
};

const additions = (given: unknown): [number, unknown][] =>
	Array.isArray(given)
		? given.map((id) => [Number(id), null])
		: Object.entries(given as object).map(([id, value]) => [Number(id), value]);

function requireFields(parameters: Parameters, name: string, store: Store): void {
	const given = parameters[name];
	if (given === undefined) wrong(`${name} not specified`);
	const expected = `${name} must be a list of integers or a dict of id:value pairs`;
	if (typeof given !== 'object' || given === null) return wrong(expected);
	const ids = additions(given).map(([id]) => id);
	if (ids.includes(NaN)) wrong(`${expected}, see the log for details`);
	if (!ids.every((id) => store.custom_fields.rows.has(id))) {
		wrong(`Some custom fields in ${name} don't exist or were specified twice.`);
	}
}

const modifyCustomFields: Method = {
	parameters: ['add_custom_fields', 'remove_custom_fields'],
	history: 'custom_fields',
	check: (parameters, { store, profile, apiVersion }) => {
		requireFields(parameters, 'add_custom_fields', store);
		requireFields(parameters, 'remove_custom_fields', store);
		if (!profile.documentVersions) return;
		for (const [id, value] of additions(parameters['add_custom_fields'])) {
			const field = store.custom_fields.get(id) as CustomField;
			attempt(
				() => isCrash(() => checkValue(store, field, value, apiVersion)),
				(messages) => refuse(400, { add_custom_fields: { [id]: { non_field_errors: messages } } }),
			);
		}
	},
	apply: (document, parameters, call) => {
		for (const [id, value] of additions(parameters['add_custom_fields']))
			setUnchecked(call, document, id, value);
		for (const [id] of additions(parameters['remove_custom_fields']))
			setValue(call.store, document, id, undefined);
		return true;
	},
};

const setDocumentPermissions: Method = {
	parameters: ['set_permissions', 'owner', 'merge'],
	ownerOnly: true,
	check: ({ set_permissions: given, owner }, { store }) => {
		if (given === undefined) crash();
		if (owner !== undefined && owner !== null && !store.users.rows.has(Number(owner))) crash();
		if (given !== null) setPermissions.check(given, store);
	},
	apply: (document, { set_permissions: given, owner, merge }) => {
		const wanted = owner === undefined ? null : (owner as number | null);
		if (!merge || document.owner === null) document.owner = wanted;
		document.grants = mergeGrants(document.grants, given ?? {}, Boolean(merge));
		return true;
	},
};

const remove: Method = {
	parameters: [],
	ownerOnly: true,
	leavesTask: 'never',
	apply: (document, _, { store }) => {
		trashInBulk(store, document);
		return false;
	},
};

/** Restores the text of the file. The server does not count this as a change. */
async function readAgain(store: Store, document: Document): Promise<void> {
	const { original, original_file_name: fileName, mime_type: type } = document;
	const parsed = parse(store, { bytes: original.bytes, fileName: fileName ?? '', type });
	document.content = (await parsed.catch(() => document)).content;
}

const reprocess: Method = {
	parameters: [],
	history: 'checksum',
	leavesTask: 'never',
	apply: (document, _, { store }) => {
		if (store.profile.tasksPaged) recordWork(store, 'reprocess_document');
		store.queue.add(() => readAgain(store, newestVersion(store, document)));
		return false;
	},
};

const methods: Record<string, Method> = {
	set_correspondent: setRelated('correspondent', 'correspondents'),
	set_document_type: setRelated('document_type', 'document_types'),
	set_storage_path: setRelated('storage_path', 'storage_paths'),
	add_tag: oneTag(addTags),
	remove_tag: oneTag(removeTags),
	modify_tags: modifyTags,
	modify_custom_fields: modifyCustomFields,
	set_permissions: setDocumentPermissions,
	delete: remove,
	reprocess,
};

const failure = 'Error performing bulk edit, check logs for more detail.';

const isKnown = ({ profile }: Call, { since }: PdfMethod): boolean =>
	since === undefined || profile[since];

function bulkEdit(call: Call): Reply | Promise<Reply> {
	const pdf = Object.entries(pdfMethods).filter(([, method]) => isKnown(call, method));
	const fields = {
		...selectionFields(call.profile),
		method: {
			check: choice(...Object.keys(methods), ...pdf.map(([name]) => name)),
			required: true,
		},
		parameters: { check: dictionary, initial: () => ({}) },
	};
	const values = validate(fields, data(call), call.store, false);
	const name = values['method'] as string;
	const parameters = values['parameters'] as Parameters;
	const pdfMethod = pdfMethods[name];
	if (pdfMethod) {
		if (values['all'] === true && name !== 'rotate')
			wrong('This method does not support all=true.');
		return performPdf(call, pdfMethod, selected(call, values), parameters, failure);
	}
	return perform(call, methods[name] as Method, selected(call, values), parameters, failure);
}

async function performPdf(
	call: Call,
	method: PdfMethod,
	documents: Document[],
	parameters: Parameters,
	message: string,
): Promise<Reply> {
	const { store, user } = call;
	method.check(parameters, documents, call);
	const mode = parameters['source_mode'];
	if (mode !== undefined && method.parameters.includes('source_mode'))
		sourceMode.check(mode, store);
	const free = method.ownerOnly?.(parameters) ? isFree : mayChange;
	const needed = [
		'change_document',
		...(method.creates?.(parameters) ? ['add_document'] : []),
		...(method.deletes?.(parameters, call) ? ['delete_document'] : []),
	];
	if (
		!needed.every((right) => may(store, user, right)) ||
		!documents.every((document) => free(document, user))
	) {
		return plain(403, 'Insufficient permissions');
	}
	if (Object.keys(parameters).some((name) => !method.parameters.includes(name))) {
		return plain(400, message);
	}
	let work = (): Promise<void> => Promise.resolve();
	if (isCrash(() => (work = method.start(documents, parameters, call)))) return plain(400, message);
	// The server mostly only logs what fails from here on, such as a file that does not open.
	const done = await work().then(
		() => true,
		() => false,
	);
	return !done && method.reportsFailure ? plain(400, message) : ok({ result: 'OK' });
}

const leavesTask = ({ leavesTask: when }: Method, changed: Document[]): boolean =>
	when === undefined || (when === 'ifChanged' && changed.length > 0);

function perform(
	call: Call,
	method: Method,
	documents: Document[],
	parameters: Parameters,
	message: string,
): Reply {
	const { store, user } = call;
	method.check?.(parameters, call);
	const needed = method === remove ? 'delete_document' : 'change_document';
	const free = method.ownerOnly ? isFree : mayChange;
	if (!may(store, user, needed) || !documents.every((document) => free(document, user))) {
		return plain(403, 'Insufficient permissions');
	}
	if (Object.keys(parameters).some((name) => !method.parameters.includes(name))) {
		return plain(400, message);
	}
	if (meetsLock(store)) {
		const hidesIt =
			method === modifyTags && call.profile.nestedTags && !call.profile.documentVersions;
		return hidesIt ? ok({ result: 'ERROR' }) : plain(400, message);
	}
	let changed: Document[] = [];
	const fails = isCrash(() => {
		changed = documents.filter((document) =>
			loggedInBulk(call, document, method.history, () => method.apply(document, parameters, call)),
		);
	});
	if (fails) return plain(400, message);
	updateInBulk(store, changed, leavesTask(method, changed));
	return ok({ result: 'OK' });
}

const direct =
	(method: Method, verb: string, more: Record<string, Field> = {}) =>
	(call: Call): Reply => {
		const fields = { ...selectionFields(call.profile), ...(call.profile.like33 && more) };
		const values = validate(fields, data(call), call.store, false);
		const message = `Error performing document ${verb}, check logs for more detail.`;
		return perform(call, method, selected(call, values), {}, message);
	};

const booleans = (...names: string[]): Record<string, Field> =>
	Object.fromEntries(names.map((name) => [name, { check: boolean }]));

const editing = booleans('update_document', 'include_metadata', 'delete_original');

const isWhole = (value: unknown, isGood: (number: number) => boolean): boolean =>
	value === undefined || (Number.isInteger(value) && isGood(Number(value)));

/** From 3.2 on, each entry is checked by itself. */
const operation: Check = (value, { profile }) => {
	if (!profile.like33) return value;
	const { page, rotate, doc } = value as Parameters;
	if (page === undefined || !isWhole(page, (number) => number >= 1))
		wrong('page: A valid integer is required.');
	if (!isWhole(rotate, (number) => number % 90 === 0)) wrong('rotate must be a multiple of 90');
	if (!isWhole(doc, (number) => number >= 0)) wrong('doc: A valid integer is required.');
	return value;
};

/** 3.0 also offers the PDF methods as separate requests. */
const pdfRequests: { name: string; what: string; fields: Record<string, Field> }[] = [
	{
		name: 'rotate',
		what: 'document rotate',
		fields: { degrees: { check: integer(), required: true } },
	},
	{
		name: 'merge',
		what: 'document merge',
		fields: {
			metadata_document_id: { check: integer(), nullable: true },
			...booleans('delete_originals', 'archive_fallback'),
		},
	},
	{
		name: 'edit_pdf',
		what: 'PDF edit',
		fields: { operations: { check: list(operation), required: true }, ...editing },
	},
	{
		name: 'remove_password',
		what: 'password removal',
		fields: { password: { check: text({ blank: true, trim: false }), required: true }, ...editing },
	},
];

const sourceMode: Field = {
	check: (value) =>
		['latest_version', 'explicit_selection'].includes(String(value))
			? value
			: wrong('Invalid source_mode'),
};

const pdfRoutes = pdfRequests.map(
	({ name, what, fields }): Route => ({
		path: `documents/${name}/`,
		since: 'documentVersions',
		parsers: ['json'],
		on: {
			POST: (call) => {
				const selection = selectionFields(call.profile);
				const { documents } = selection as { documents: Field };
				const target =
					name === 'rotate' ? selection : { documents: { ...documents, required: true } };
				const all = { ...target, ...fields, source_mode: sourceMode };
				const values = validate(all, data(call), call.store, false);
				const parameters = Object.fromEntries(
					Object.entries(values).filter(([key]) => !(key in selection)),
				);
				const message = `Error performing ${what}, check logs for more detail.`;
				const method = pdfMethods[name] as PdfMethod;
				return performPdf(call, method, selected(call, values), parameters, message);
			},
		},
	}),
);

export const bulkEditRoutes: Route[] = [
	...pdfRoutes,
	{ path: 'documents/bulk_edit/', parsers: ['json'], on: { POST: bulkEdit } },
	{
		path: 'documents/delete/',
		since: 'documentVersions',
		parsers: ['json'],
		on: { POST: direct(remove, 'delete') },
	},
	{
		path: 'documents/reprocess/',
		since: 'documentVersions',
		parsers: ['json'],
		on: { POST: direct(reprocess, 'reprocess', booleans('remote_ocr')) },
	},
];
