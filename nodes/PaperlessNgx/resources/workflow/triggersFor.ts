import type { Server } from '../../../api/server';
import type { Json } from '../../../toolkit/operation';

const newerFilter = /^filter_(has_(all_tags|not_\w+|storage_path)|custom_field_query)$/;

const isSet = (value: unknown): boolean =>
	Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';

/** A filter for several may ask for one, which older servers have a field for. */
function withoutLists(trigger: Json): Json {
	const single = (key: string) => `filter_has_${key.slice('filter_has_any_'.length, -1)}`;
	const isOne = (key: string, value: unknown) =>
		/^filter_has_any_\w+s$/.test(key) &&
		Array.isArray(value) &&
		value.length === 1 &&
		!isSet(trigger[single(key)]);
	const lists = Object.entries(trigger).filter(([key, value]) => isOne(key, value));
	return {
		...trigger,
		...Object.fromEntries(lists.map(([key, value]) => [single(key), [value].flat()[0]])),
		...Object.fromEntries(lists.map(([key]) => [key, []])),
	};
}

/**
 * Triggers in the terms of a server. It ignores filters that its version does not know, and would run
 * the workflow for every document (docs/paperless-api.md#workflow-filters).
 */
export function triggersFor(server: Server, triggers: readonly Json[]): Json[] {
	return triggers.map((given) => {
		const trigger = server.has('workflowFiltersOfSeveral') ? given : withoutLists(given);
		const set = Object.keys(trigger).filter((key) => isSet(trigger[key]));
		if (set.some((key) => newerFilter.test(key))) server.require('workflowFilters');
		if (set.some((key) => key.startsWith('filter_has_any_')))
			server.require('workflowFiltersOfSeveral');
		return trigger;
	});
}
