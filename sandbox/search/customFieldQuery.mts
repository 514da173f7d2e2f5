import {
	asAmount,
	asBoolean,
	asInteger,
	at,
	DATE_PARTS,
	FilterRefusal,
	ORDERED,
	TEXTUAL,
	TYPES,
	Wrong,
	wrong,
} from './customFieldTypes.mts';
import type { Profile } from './engine.mts';

export type CustomField = { id: number; name: string; data_type: string; extra_data: unknown };
export type CustomFieldValue = { field: number; value: unknown };
export type CustomFieldTest = (values: CustomFieldValue[]) => boolean;

const DEEPEST = 10;
const MOST = 20;

export { FilterRefusal };

const amountOf = (value: string) => Number(value.replace(/^[A-Z]{3}/, ''));

function python(value: unknown): string {
	if (value === null) return 'None';
	if (typeof value === 'string') return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	return JSON.stringify(value);
}

/** Names come from clients, so inherited names such as `constructor` must not match. */
function own<T>(record: Record<string, T>, name: string | undefined): T | undefined {
	return name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

class Compiler {
	private atoms = 0;
	private depth = 0;
	private readonly fields: CustomField[];
	private readonly modern: boolean;

	constructor(fields: CustomField[], modern: boolean) {
		this.fields = fields;
		this.modern = modern;
	}

	expression(expression: unknown): CustomFieldTest {
		if (++this.depth > DEEPEST) wrong('Maximum nesting depth exceeded.');
		try {
			const parts: unknown[] = Array.isArray(expression) ? expression : [];
			if (parts.length === 2) return this.logic(parts[0], parts[1]);
			if (parts.length === 3) return this.atom(parts[0], parts[1], parts[2]);
			return wrong('Invalid custom field query expression');
		} finally {
			this.depth--;
		}
	}

	private logic(operator: unknown, operand: unknown): CustomFieldTest {
		if (typeof operator !== 'string') throw new FilterRefusal(500);
		const name = operator.toUpperCase();
		if (name === 'NOT') {
			const test = at(1, () => this.expression(operand));
			return (values) => !test(values);
		}
		if (name !== 'AND' && name !== 'OR') {
			return at(0, () => wrong(`Invalid logical operator ${python(operator)}`));
		}
		const tests = at(1, () => {
			if (!Array.isArray(operand) || operand.length === 0) {
				return wrong('Invalid expression list. Must be nonempty.');
			}
			return operand.map((part: unknown, index) => at(index, () => this.expression(part)));
		});
		return (values) =>
			name === 'AND' ? tests.every((test) => test(values)) : tests.some((test) => test(values));
	}

	private atom(id: unknown, operator: unknown, value: unknown): CustomFieldTest {
		if (++this.atoms > MOST) wrong('Maximum number of query conditions exceeded.');
		const field =
			this.fields.find((candidate) => candidate.id === id || candidate.name === id) ??
			at(0, () => wrong(`${python(id)} is not a valid custom field.`));
		const holds = this.condition(field, operator, value);
		return (values) => holds(values.find((entry) => entry.field === field.id));
	}

	private condition(
		field: CustomField,
		operator: unknown,
		value: unknown,
	): (entry: CustomFieldValue | undefined) => boolean {
		if (operator === 'exists' || operator === 'isnull') {
			const wanted = at(2, () => asBoolean(value));
			return operator === 'exists'
				? (entry) => (entry !== undefined) === wanted
				: (entry) => entry !== undefined && (entry.value === null) === wanted;
		}
		const type = TYPES[field.data_type]!;
		const [, part, name] = /^(?:(\w+)__)?(\w+)$/.exec(String(operator)) ?? [];
		const ofDate = field.data_type === 'date' ? own(DATE_PARTS, part) : undefined;
		const comparison =
			typeof operator === 'string' && (part === undefined || ofDate !== undefined)
				? own(type.comparisons, name)
				: undefined;
		if (comparison === undefined) {
			const text = `${field.data_type} does not support query expr ${python(operator)}.`;
			return at(1, () => wrong(text));
		}
		const amount =
			field.data_type === 'monetary' && !(name! in TEXTUAL) && (this.modern || name! in ORDERED);
		const read = ofDate ? asInteger : amount ? asAmount(this.modern) : type.read;
		let wanted = at(2, () => comparison.read(read)(value));
		if (field.data_type === 'select') wanted = this.options(field, wanted);
		return (entry) => {
			const stored = entry?.value ?? null;
			if (stored === null) return false;
			const actual = ofDate
				? ofDate(new Date(`${String(stored)}T00:00:00Z`))
				: amount
					? amountOf(String(stored))
					: stored;
			return comparison.holds(actual as never, wanted as never);
		};
	}

	/** Clients may name options by their labels. */
	private options(field: CustomField, wanted: unknown): unknown {
		const { select_options: options = [] } = (field.extra_data ?? {}) as {
			select_options?: { id: string; label: string }[];
		};
		const idOf = (word: unknown) => options.find(({ label }) => label === word)?.id ?? word;
		return Array.isArray(wanted) ? wanted.map(idOf) : idOf(wanted);
	}
}

export function compileCustomFieldQuery(
	json: string,
	fields: CustomField[],
	profile: Profile,
): CustomFieldTest {
	let expression: unknown;
	try {
		expression = JSON.parse(json);
	} catch {
		throw new FilterRefusal(400, ['Value must be valid JSON.']);
	}
	try {
		return new Compiler(fields, profile === '3.0.5').expression(expression);
	} catch (error) {
		throw error instanceof Wrong ? new FilterRefusal(400, error.fault) : error;
	}
}
