import { isRecord } from '../../../api/json';
import type { Kind } from '../../../api/kinds';
import type { CustomField } from '../../../api/schemas/named';
import type { Workflow } from '../../../api/schemas/workflow';
import { readableValue } from '../../../documents/encodeCustomFields';
import { namer } from '../../../documents/output/namer';
import type { Context, Json } from '../../../toolkit/operation';
import { fieldsInQuery, mapQuery } from './mapQuery';
import { isOfTrigger } from './isOfTrigger';
import { linkedKind } from './linkedKind';
import { concealPart } from './concealPart';
import type { PartList } from './words';
import { withoutOwnId } from './withoutOwnId';
import { toWords } from './words';
import { seenCustomFields } from '../../../documents/seenCustomFields';

type Names = {
	nameOf: (kind: Kind, id: unknown) => unknown;
	fields: ReadonlyMap<number, CustomField>;
};

const partsOf = ({ triggers, actions }: Workflow): Json[] => [...triggers, ...actions];

function linksIn(workflows: readonly Workflow[]): Map<Kind, unknown[]> {
	const links = new Map<Kind, unknown[]>();
	for (const [key, value] of workflows.flatMap(partsOf).flatMap((part) => Object.entries(part))) {
		const kind = linkedKind(key);
		if (kind) links.set(kind, [...(links.get(kind) ?? []), ...[value].flat()]);
	}
	return links;
}

/** Values and conditions of custom fields need the options of the fields, not only their names. */
const needsFields = (workflows: readonly Workflow[]): boolean =>
	workflows
		.flatMap(partsOf)
		.some(
			({ assign_custom_fields_values: values, filter_custom_field_query: query }) =>
				(isRecord(values) && Object.keys(values).length > 0) || fieldsInQuery(query).length > 0,
		);

async function namesFor(context: Context, workflows: readonly Workflow[]): Promise<Names> {
	const fields = needsFields(workflows)
		? await seenCustomFields(context)
		: new Map<number, CustomField>();
	const namers = new Map<Kind, (id: unknown) => unknown>();
	for (const [kind, ids] of linksIn(workflows)) namers.set(kind, await namer(context, kind, ids));
	return {
		fields,
		nameOf: (kind, id) => {
			const name = namers.get(kind)?.(id) ?? id;
			// A bare number would be the id of something else on another server.
			return typeof name === 'number' ? { hidden_id: name } : name;
		},
	};
}

function namedValues({ fields }: Names, values: Json): Json {
	return Object.fromEntries(
		Object.entries(values).map(([id, value]) => {
			const field = fields.get(Number(id));
			return field ? [field.name, readableValue(field, value)] : [`hidden_id ${id}`, value];
		}),
	);
}

const namedQuery = ({ fields }: Names, query: unknown): unknown =>
	mapQuery(query, (id, operand) => {
		const field = fields.get(Number(id));
		if (field === undefined) return [typeof id === 'number' ? `hidden_id ${id}` : id, operand];
		const label = (value: unknown) => readableValue(field, value);
		return [field.name, Array.isArray(operand) ? operand.map(label) : label(operand)];
	});

function named(names: Names, key: string, value: unknown): unknown {
	const kind = linkedKind(key);
	if (kind && typeof value === 'number') return names.nameOf(kind, value);
	if (kind && Array.isArray(value)) return value.map((id) => names.nameOf(kind, id));
	if (key === 'assign_custom_fields_values' && isRecord(value)) return namedValues(names, value);
	return key === 'filter_custom_field_query' ? namedQuery(names, value) : value;
}

/** The ids of parts mean nothing on another server, and an update keeps them by the place of the part. */
const presentPart = (names: Names, list: PartList, part: Json, showSecrets: boolean): Json =>
	Object.fromEntries(
		Object.entries(showSecrets ? part : concealPart(part))
			.filter(([key]) => key !== 'id')
			.map(([key, value]) => [
				key,
				toWords(list, key, value) ?? withoutOwnId(key, named(names, key, value)),
			]),
	);

/** Workflows with names in place of ids and words in place of numbers, as Create and Update take them. */
export async function presentWorkflows(
	context: Context,
	workflows: readonly Workflow[],
	{ showSecrets = false }: { showSecrets?: boolean },
): Promise<Json[]> {
	const names = await namesFor(context, workflows);
	return workflows.map((workflow) => ({
		...workflow,
		triggers: workflow.triggers.map((part) => presentPart(names, 'triggers', part, showSecrets)),
		actions: workflow.actions.map((part) => presentPart(names, 'actions', part, showSecrets)),
		of_n8n_trigger: isOfTrigger(workflow),
	}));
}
