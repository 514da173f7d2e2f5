import { matches } from './matching.mts';
import { compileCustomFieldQuery } from './search/customFieldQuery.mts';
import type { Document, Matching, Store, WorkflowTrigger } from './store.mts';
import { linked } from './workflowLinks.mts';

/** A shell pattern, regardless of case. */
function fits(pattern: string, text: string): boolean {
	const source = pattern
		.replace(/[.+^${}()|\\]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.')
		.replaceAll('[!', '[^');
	return new RegExp(`^${source}$`, 'is').test(text);
}

/** Source and file name matter only during consumption. */
export function lets(
	trigger: WorkflowTrigger,
	source: string,
	fileName: string,
	path: string,
): boolean {
	const places: Record<string, number> = {
		folder_consume: 1,
		api_upload: 2,
		email_consume: 3,
		web_ui: 4,
	};
	return (
		trigger.sources.includes(places[source] ?? 0) &&
		fits(trigger.filter_filename ?? '*', fileName) &&
		fits(trigger.filter_path ?? '*', path)
	);
}

type Test = (has: (id: number) => boolean, wanted: number[]) => boolean;

const any: Test = (has, wanted) => wanted.length === 0 || wanted.some(has);
const all: Test = (has, wanted) => wanted.every(has);
const none: Test = (has, wanted) => !wanted.some(has);

type Single = 'correspondent' | 'document_type' | 'storage_path';

const tests: [string, 'tags' | Single, Test][] = [
	['filter_has_tags', 'tags', any],
	['filter_has_all_tags', 'tags', all],
	['filter_has_not_tags', 'tags', none],
	...(['correspondent', 'document_type', 'storage_path'] as const).flatMap(
		(name): [string, Single, Test][] => [
			[`filter_has_${name}`, name, any],
			[`filter_has_any_${name}s`, name, any],
			[`filter_has_not_${name}s`, name, none],
		],
	),
];

export function accepts(store: Store, trigger: WorkflowTrigger, document: Document): boolean {
	const { filter_custom_field_query: query } = trigger;
	const fields = [...store.custom_fields.values()];
	return (
		tests.every(([filter, name, test]) => {
			const own = [document[name]].flat();
			return test((id) => own.includes(id), linked(store, trigger, filter));
		}) &&
		fits(trigger.filter_filename ?? '*', document.original_file_name ?? '') &&
		(trigger.matching_algorithm === 0 || matchesText(trigger, document)) &&
		(!query ||
			compileCustomFieldQuery(query, fields, store.profile.recording)(document.custom_fields))
	);
}

/** The server accepts an invalid regular expression, which then never matches. */
function matchesText(trigger: WorkflowTrigger, { content }: Document): boolean {
	try {
		return matches(trigger as unknown as Matching, content);
	} catch {
		return false;
	}
}

const day = 86_400_000;

/** Whether the date of a schedule, moved by its offset, is in the past. */
export function isDue(store: Store, trigger: WorkflowTrigger, document: Document): boolean {
	const { schedule_date_field: name, schedule_date_custom_field: field } = trigger;
	const value =
		name === 'custom_field'
			? document.custom_fields.find((entry) => entry.field === field)?.value
			: document[name as 'added' | 'created' | 'modified'];
	const time = Date.parse(String(value ?? '')) + trigger.schedule_offset_days * day;
	return time <= store.date().getTime();
}

/** A schedule runs once per document. A recurring schedule runs again after its interval. */
export const isRepeatable = (store: Store, trigger: WorkflowTrigger, last: number): boolean =>
	trigger.schedule_is_recurring &&
	last + trigger.schedule_recurring_interval_days * day <= store.date().getTime();
