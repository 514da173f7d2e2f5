import type { Kind } from '../api/names';
import { readableValue } from '../documents/customFields';
import { namer } from '../documents/output/namer';
import type { Changes, Reference, Step, SteppedField } from '../events/changes';
import type { Directory, Entry } from '../events/history';
import { namesIn } from '../events/history';
import type { Context, Json } from '../toolkit/operation';

const kinds: Readonly<Partial<Record<SteppedField, Kind>>> = {
	correspondent: 'correspondent',
	document_type: 'documentType',
	owner: 'user',
	storage_path: 'storagePath',
};

/** Ids for the names that these entries write; listed only where there are any. */
export async function directoryOf(
	{ names }: Context,
	entries: readonly Entry[],
): Promise<Directory> {
	const named = namesIn(entries);
	const idsOf = async (kind: 'customField' | 'tag', wanted: readonly string[]) =>
		wanted.length === 0
			? new Map<string, number>()
			: new Map((await names.all(kind)).map(({ id, name }) => [name, id]));
	const tags = await idsOf('tag', named.tags);
	const fields = await idsOf('customField', named.customFields);
	return {
		tag: (name) => tags.get(name) ?? name,
		customField: (name) => fields.get(name) ?? name,
	};
}

type Show = (value: unknown) => unknown;

const shownStep = ({ from, to }: Step, show: Show): Json => ({
	...(from !== undefined && { from: show(from) }),
	to: show(to),
});

/** The changes as items tell them: with names, as far as the token's user may see them. */
export async function shownChanges(context: Context, all: readonly Changes[]): Promise<Json[]> {
	const steps = all.flatMap((changes) => Object.entries(changes.steps));
	const shows = new Map<string, Show>();
	for (const [field, kind] of Object.entries(kinds)) {
		const its = steps.filter(([name]) => name === field);
		const ids = its.flatMap(([, { from, to }]) => [from, to]);
		if (ids.length > 0) shows.set(field, await namer(context, kind, ids));
	}
	const tagIds = all.flatMap(({ sets: { tags } }) =>
		tags ? [...tags.added, ...tags.removed] : [],
	);
	const showTag = await namer(context, 'tag', tagIds);
	const fields = all.some(({ customFields }) => customFields.size > 0)
		? await context.names.all('customField')
		: [];
	const definition = (reference: Reference) =>
		fields.find(({ id, name }) => id === reference || name === reference);
	const shownField = ([reference, step]: [Reference, Step]) => {
		const field = definition(reference);
		const show: Show = (value) => (field ? readableValue(field, value) : value);
		return [field?.name ?? String(reference), shownStep(step, show)] as const;
	};
	return all.map(({ steps: its, sets, customFields, facts, uncertain }) => ({
		...Object.fromEntries(
			Object.entries(its).map(([name, step]) => [
				name,
				shownStep(step, shows.get(name) ?? ((value) => value)),
			]),
		),
		...(sets.tags && {
			tags: { added: sets.tags.added.map(showTag), removed: sets.tags.removed.map(showTag) },
		}),
		...(sets.notes && { notes: sets.notes }),
		...(customFields.size > 0 && {
			custom_fields: Object.fromEntries([...customFields].map(shownField)),
		}),
		...Object.fromEntries(facts.map((fact) => [fact, true])),
		...(uncertain.length > 0 && { uncertain }),
	}));
}
