import {
	orderingOfSavedView,
	queryOfSavedView,
	rulesOfQuery,
} from '../../../nodes/api/savedViewRules';
import type { SavedView } from '../../../nodes/api/schemas/named';

const view = (...filter_rules: SavedView['filter_rules']): SavedView => ({
	id: 1,
	name: 'Open Invoices',
	filter_rules,
});

describe('The rules of a saved view', () => {
	it('become the filters that the web interface sends for them', () => {
		const rules = view(
			{ rule_type: 0, value: 'invoice' },
			{ rule_type: 5, value: 'true' },
			{ rule_type: 44, value: '2024-01-01' },
			{ rule_type: 42, value: '["Paid","exact",false]' },
		);

		expect(queryOfSavedView(rules)).toEqual({
			title__icontains: 'invoice',
			is_in_inbox: 'true',
			created__date__gte: '2024-01-01',
			custom_field_query: '["Paid","exact",false]',
		});
	});

	it('that are repeated become one filter with a list', () => {
		const rules = view(
			{ rule_type: 6, value: '3' },
			{ rule_type: 17, value: '9' },
			{ rule_type: 6, value: '4' },
		);

		expect(queryOfSavedView(rules)).toEqual({ tags__id__all: '3,4', tags__id__none: '9' });
	});

	it.each([
		[3, 'correspondent__isnull'],
		[4, 'document_type__isnull'],
		[25, 'storage_path__isnull'],
	])('of type %i mean “not set” without a value and “set” with -1', (rule_type, filter) => {
		expect(queryOfSavedView(view({ rule_type, value: null }))).toEqual({ [filter]: 'true' });
		expect(queryOfSavedView(view({ rule_type, value: '-1' }))).toEqual({ [filter]: 'false' });
	});

	it.each([
		[5, 'is_in_inbox'],
		[7, 'is_tagged'],
		[18, 'archive_serial_number__isnull'],
		[34, 'owner__isnull'],
		[38, 'has_custom_fields'],
	])('of type %i become true and false, because the server ignores a 1', (rule_type, filter) => {
		expect(queryOfSavedView(view({ rule_type, value: '1' }))).toEqual({ [filter]: 'true' });
		expect(queryOfSavedView(view({ rule_type, value: '0' }))).toEqual({ [filter]: 'false' });
		expect(queryOfSavedView(view({ rule_type, value: 'false' }))).toEqual({ [filter]: 'false' });
	});

	it('of an unknown type are rejected, because ignoring one would find more', () => {
		expect(() => queryOfSavedView(view({ rule_type: 99, value: 'x' }))).toThrow(
			'The saved view “Open Invoices” has a rule that this node does not know',
		);
	});

	it('without a value filter nothing', () => {
		expect(queryOfSavedView(view({ rule_type: 20, value: '' }))).toEqual({});
	});
});

describe('The sorting of a saved view', () => {
	it('is its field, with a minus when it is reversed', () => {
		expect(orderingOfSavedView({ ...view(), sort_field: 'title' })).toBe('title');
		expect(orderingOfSavedView({ ...view(), sort_field: 'added', sort_reverse: true })).toBe(
			'-added',
		);
		expect(orderingOfSavedView({ ...view(), sort_field: null })).toBeUndefined();
	});
});

describe('Filters as the rules of a saved view', () => {
	it('turn back into the same filters', () => {
		const query = {
			title__icontains: 'invoice',
			tags__id__all: '3,4',
			is_in_inbox: 'true',
			correspondent__isnull: 'true',
			storage_path__isnull: 'false',
			custom_field_query: '["Paid","exact",false]',
		};

		expect(queryOfSavedView(view(...rulesOfQuery(query)))).toEqual(query);
	});

	it('are one rule per entry of a list', () => {
		expect(rulesOfQuery({ tags__id__all: '3,4' })).toEqual([
			{ rule_type: 6, value: '3' },
			{ rule_type: 6, value: '4' },
		]);
	});

	it.each([
		[{ checksum__iexact: 'abc' }, 'no rule'],
		[{ title__icontains: 'x'.repeat(256) }, 'longer than 255 characters'],
	])('that it cannot hold are rejected: %j', (query, words) => {
		const attempt = () => rulesOfQuery(query);

		expect(attempt).toThrow('A saved view cannot hold the filter');
		expect(attempt).toThrow(
			expect.objectContaining({ description: expect.stringContaining(words) }),
		);
	});
});
