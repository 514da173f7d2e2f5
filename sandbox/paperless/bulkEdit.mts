import { addTags, removeTags } from './classification.mts';
import { checkValue, setValue } from './customFieldValues.mts';
import { FieldError, mergeGrants, setPermissions } from './fields.mts';
import { crash, data, ok, plain, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { chosenDocuments, trash } from './documents.mts';
import { isFree, may, mayChange } from './permissions.mts';
import type { Document, Store } from './store.mts';

type Parameters = Record<string, unknown>;

interface Method {
	parameters: readonly string[];
	/** Only the owner may do it, a right to change is not enough. */
	ownerOnly?: boolean;
	/** Returns whether the document counts as changed. */
	apply(document: Document, parameters: Parameters, call: Call): boolean;
	check?(parameters: Parameters, call: Call): void;
}

const wrongParameter = (message: string): never => refuse(400, { non_field_errors: [message] });

type RelatedKind = 'correspondents' | 'document_types' | 'storage_paths' | 'tags';

function requireKnown(store: Store, kind: RelatedKind, value: unknown, label: string): void {
	const id = Number(value);
	if (Number.isNaN(id)) crash();
	if (!store[kind].rows.has(id)) wrongParameter(`${label} does not exist`);
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
		check: (parameters, { store }) => {
			if (!(parameter in parameters)) wrongParameter(`${name} not specified`);
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
	check: ({ tag }, { store }) => {
		if (tag === undefined) wrongParameter('tag not specified');
		requireKnown(store, 'tags', tag, 'Tag');
	},
	apply: (document, { tag }, { store }) => change(store, document, [Number(tag)]),
});

function requireTags(parameters: Parameters, name: string, store: Store): void {
	const ids = parameters[name];
	if (ids === undefined) wrongParameter(`${name} not specified`);
	const isList = Array.isArray(ids) && ids.every((id) => Number.isInteger(id));
	if (!isList) return wrongParameter(`${name} must be a list of integers`);
	const known = ids.every((id) => store.tags.rows.has(id as number));
	if (!known || new Set(ids).size < ids.length) {
		wrongParameter(`Some tags in ${name} don't exist or were specified twice.`);
	}
}

const modifyTags: Method = {
	parameters: ['add_tags', 'remove_tags'],
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
		: Object.entries((given ?? {}) as object).map(([id, value]) => [Number(id), value]);

const modifyCustomFields: Method = {
	parameters: ['add_custom_fields', 'remove_custom_fields'],
	check: (parameters, { store, profile, apiVersion }) => {
		for (const name of ['add_custom_fields', 'remove_custom_fields']) {
			if (parameters[name] === undefined) wrongParameter(`${name} not specified`);
			const known = additions(parameters[name]).every(([id]) => store.custom_fields.rows.has(id));
			if (!known)
				wrongParameter(`Some custom fields in ${name} don't exist or were specified twice.`);
		}
		if (!profile.documentVersions) return;
		for (const [id, value] of additions(parameters['add_custom_fields'])) {
			const field = store.custom_fields.get(id);
			try {
				if (field) checkValue(store, field, value, apiVersion);
			} catch (error) {
				if (!(error instanceof FieldError)) throw error;
				refuse(400, { add_custom_fields: { [id]: error.messages } });
			}
		}
	},
	apply: (document, parameters, { store }) => {
		for (const [id, value] of additions(parameters['add_custom_fields']))
			setValue(store, document, id, value);
		for (const [id] of additions(parameters['remove_custom_fields']))
			setValue(store, document, id, undefined);
		return true;
	},
};

const setDocumentPermissions: Method = {
	parameters: ['set_permissions', 'owner', 'merge'],
	ownerOnly: true,
	check: ({ set_permissions: given, owner }, { store }) => {
		if (given === undefined) crash();
		if (owner !== undefined && owner !== null && !store.users.rows.has(Number(owner))) crash();
		if (given === null) return;
		try {
			setPermissions.check(given, store);
		} catch (error) {
			if (error instanceof FieldError) refuse(400, { set_permissions: error.messages });
			throw error;
		}
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
	apply: (document, _, { store }) => {
		trash(store, document);
		return false;
	},
};

const reprocess: Method = { parameters: [], apply: () => false };

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

function bulkEdit(call: Call): Reply {
	const body = data(call);
	const { method: name, parameters = {} } = body;
	if (name === undefined) return refuse(400, { method: ['This field is required.'] });
	if (name === null) return refuse(400, { method: ['This field may not be null.'] });
	const method = methods[String(name)];
	if (method === undefined) return refuse(400, { method: [`"${name}" is not a valid choice.`] });
	if (parameters === null) return refuse(400, { parameters: ['This field may not be null.'] });
	return perform(call, method, chosenDocuments(call, body), parameters as Parameters, failure);
}

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
	for (const document of documents) {
		if (method.apply(document, parameters, call)) store.touch(document);
	}
	return ok({ result: 'OK' });
}

const direct =
	(method: Method, verb: string) =>
	(call: Call): Reply => {
		const body = data(call);
		return perform(
			call,
			method,
			chosenDocuments(call, body),
			{},
			`Error performing document ${verb}, check logs for more detail.`,
		);
	};

export const bulkEditRoutes: Route[] = [
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
		on: { POST: direct(reprocess, 'reprocess') },
	},
];
