import { isPaperlessError, PaperlessError } from '../../../api/errors';
import { isRecord, parseJson } from '../../../api/json';
import type { Kind } from '../../../api/kinds';
import type { CustomField } from '../../../api/schemas/named';
import { encodeValue } from '../../../documents/encodeValue';
import { selectedOption } from '../../../documents/selectedOption';
import { attempt } from '../../../toolkit/attempt';
import type { Context, Json } from '../../../toolkit/operation';
import { fieldsInQuery, mapQuery } from './mapQuery';
import { linkedKind } from './linkedKind';
import { rejectWorkflow } from './rejectWorkflow';
import { withoutOwnId } from './withoutOwnId';
import type { PartList } from './words';
import { fromWords } from './words';

/** What Get adds to a workflow, and the id, which is another one on another server. */
const notSent = ['id', 'of_n8n_trigger', 'updated', 'changes'];

/** Turns names into ids, and remembers those that the server does not have. */
class Resolver {
	readonly context: Context;
	readonly missing: string[] = [];

	constructor(context: Context) {
		this.context = context;
	}

	private async noted<T>(find: () => Promise<T>): Promise<T | undefined> {
		const found = await attempt(find);
		if (!(found instanceof Error)) return found;
		if (!isPaperlessError(found, 'unresolved')) throw found;
		this.missing.push(found.message);
		return undefined;
	}

	async field(name: string): Promise<CustomField | undefined> {
		return await this.noted(() => this.context.names.find('customField', name));
	}

	async link(kind: Kind, value: unknown): Promise<unknown> {
		if (Array.isArray(value)) {
			const ids: unknown[] = [];
			for (const one of value) ids.push(await this.link(kind, one));
			return ids;
		}
		if (isRecord(value) && 'hidden_id' in value) {
			this.missing.push(
				`The ${kind} with the ID ${String(value.hidden_id)} was hidden from the user who read the workflow`,
			);
			return null;
		}
		return typeof value === 'string' && value !== ''
			? await this.noted(() => this.context.names.id(kind, { name: value }))
			: value;
	}

	async values(values: Json): Promise<Json> {
		const encoded = new Map<string, unknown>();
		for (const [name, value] of Object.entries(values)) {
			const field = await this.field(name);
			if (field === undefined) continue;
			const { timeZone } = this.context;
			// A value that has its stored form already, such as an amount, stays as it is.
			const isEmpty = value === null || value === '';
			encoded.set(String(field.id), isEmpty ? value : encodeValue(field, value, timeZone));
		}
		return Object.fromEntries(encoded);
	}

	async query(text: unknown): Promise<unknown> {
		const fields = new Map<unknown, CustomField>();
		for (const name of fieldsInQuery(text)) {
			const field = await this.field(String(name));
			if (field) fields.set(name, field);
		}
		return mapQuery(text, (name, operand) => {
			const field = fields.get(name);
			if (field === undefined) return [name, operand];
			const idOf = (value: unknown) =>
				(typeof value === 'string' ? selectedOption(field, value)?.id : undefined) ?? value;
			return [field.id, Array.isArray(operand) ? operand.map(idOf) : idOf(operand)];
		});
	}
}

async function fieldFrom(resolver: Resolver, key: string, value: unknown): Promise<unknown> {
	const kind = linkedKind(key);
	if (kind && typeof value !== 'boolean') return await resolver.link(kind, value);
	if (key === 'assign_custom_fields_values' && isRecord(value)) return await resolver.values(value);
	return key === 'filter_custom_field_query' ? await resolver.query(value) : value;
}

async function partFrom(resolver: Resolver, list: PartList, part: unknown): Promise<Json> {
	if (!isRecord(part)) {
		throw rejectWorkflow(
			`An entry of “${list}” is no object`,
			'Write each as an object, as Get returns them.',
		);
	}
	const fields: Array<readonly [string, unknown]> = [];
	for (const [key, value] of Object.entries(part)) {
		if (key === 'id') continue;
		const words = fromWords(list, key, value);
		const found = words ?? (await fieldFrom(resolver, key, withoutOwnId(key, value)));
		fields.push([key, found]);
	}
	return Object.fromEntries(fields);
}

async function partsFrom(resolver: Resolver, list: PartList, parts: unknown): Promise<Json[]> {
	if (!Array.isArray(parts)) {
		throw rejectWorkflow(`“${list}” of the workflow is no list`, 'Write it as Get returns it.');
	}
	const all: Json[] = [];
	for (const part of parts) all.push(await partFrom(resolver, list, part));
	return all;
}

export type GivenWorkflow = { triggers?: Json[]; actions?: Json[]; [field: string]: unknown };

/**
 * A workflow as a user gives it, in the shape that Get returns, with the ids and numbers of this
 * server. Throws one error about all names that the server does not have.
 */
export async function workflowFrom(context: Context, text: string): Promise<GivenWorkflow> {
	const parsed = parseJson(text);
	if (!parsed.ok || !isRecord(parsed.json)) {
		throw rejectWorkflow(
			'“Workflow (JSON)” is not a JSON object',
			'Write a workflow as Get returns it, or a part of one.',
		);
	}
	const resolver = new Resolver(context);
	const { triggers, actions, ...rest } = Object.fromEntries(
		Object.entries(parsed.json).filter(([key]) => !notSent.includes(key)),
	);
	const workflow = {
		...rest,
		...(triggers !== undefined && { triggers: await partsFrom(resolver, 'triggers', triggers) }),
		...(actions !== undefined && { actions: await partsFrom(resolver, 'actions', actions) }),
	};
	const missing = [...new Set(resolver.missing)];
	if (missing.length === 0) return workflow;
	throw new PaperlessError('unresolved', 'The server lacks what the workflow names', {
		description: `${missing.join('. ')}. Create them first, or write other names. Nothing was changed.`,
		parameter: 'workflowJson',
	});
}
