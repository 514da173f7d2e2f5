import type { Kind } from '../../api/kinds';
import type { Reference } from '../../api/reference';
import type { CustomField } from '../../api/schemas/named';
import { readableValue } from '../encodeCustomFields';
import { seenCustomFields } from '../seenCustomFields';
import { byFieldName } from '../byFieldName';
import { namer } from './namer';
import type { DocumentDiff, ValueDiff, ValueField } from '../../events/documentDiff';
import type { Context, Json } from '../../toolkit/operation';

/** Fields that hold an id, and the kind of object that it names. */
const kinds: Readonly<Partial<Record<ValueField, Kind>>> = {
	correspondent: 'correspondent',
	document_type: 'documentType',
	owner: 'user',
	storage_path: 'storagePath',
};

type Present = (value: unknown) => unknown;

/** The name of an object that does not exist yet; `undefined` for all others. */
export type NameOf = (id: unknown) => string | undefined;

const noNames: NameOf = () => undefined;

const presentValueDiff = ({ from, to }: ValueDiff, presentValue: Present): Json => ({
	...(from !== undefined && { from: presentValue(from) }),
	to: presentValue(to),
});

async function fieldPresenter(context: Context, diffs: readonly DocumentDiff[], nameOf: NameOf) {
	const presenters = new Map<string, Present>();
	for (const [field, kind] of Object.entries(kinds)) {
		const values = diffs.flatMap(({ fields }) => {
			const diff = fields[field as ValueField];
			return diff ? [diff.from, diff.to] : [];
		});
		if (values.length === 0) continue;
		const present = await namer(context, kind, values);
		presenters.set(field, (id) => nameOf(id) ?? present(id));
	}
	return ([field, diff]: [string, ValueDiff]) =>
		[field, presentValueDiff(diff, presenters.get(field) ?? ((value) => value))] as const;
}

async function customFieldPresenter(context: Context, diffs: readonly DocumentDiff[]) {
	const isNeeded = diffs.some(({ customFields }) => customFields.size > 0);
	const byId = isNeeded ? await seenCustomFields(context) : new Map<number, CustomField>();
	const byName = new Map([...byId.values()].map((field) => [field.name, field] as const));
	return ([reference, diff]: [Reference, ValueDiff]) => {
		const definition =
			typeof reference === 'number' ? byId.get(reference) : byName.get(String(reference));
		const presentValue: Present = (value) =>
			definition ? readableValue(definition, value) : value;
		const name = definition?.name ?? String(reference);
		return [name, presentValueDiff(diff, presentValue)] as const;
	};
}

/** Diffs as items show them: with names, as far as the token's user may see them. */
export async function presentDiffs(
	context: Context,
	diffs: readonly DocumentDiff[],
	nameOf: NameOf = noNames,
): Promise<Json[]> {
	const presentField = await fieldPresenter(context, diffs, nameOf);
	const tagIds = diffs.flatMap(({ lists: { tags } }) =>
		tags ? [...tags.added, ...tags.removed] : [],
	);
	const nameTag = await namer(context, 'tag', tagIds);
	const presentTag: Present = (id) => nameOf(id) ?? nameTag(id);
	const presentCustomField = await customFieldPresenter(context, diffs);
	return diffs.map(({ fields, lists: { tags, notes }, customFields, facts, uncertain }) => ({
		...Object.fromEntries(Object.entries(fields).map(presentField)),
		...(tags && {
			tags: { added: tags.added.map(presentTag), removed: tags.removed.map(presentTag) },
		}),
		...(notes && { notes }),
		...(customFields.size > 0 && {
			custom_fields: byFieldName([...customFields].map(presentCustomField)),
		}),
		...Object.fromEntries(facts.map((fact) => [fact, true])),
		...(uncertain.length > 0 && { uncertain }),
	}));
}
