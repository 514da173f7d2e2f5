import { PaperlessError } from './errors';
import type { SavedView } from './schemas/named';
import type { Query } from './httpTransport';

type Rule = {
	filter: string;
	/** Several rules of this type form one filter with a list. */
	list?: boolean;
	/** The filter for a rule without a value; the value -1 means its opposite. */
	whenEmpty?: string;
	/**
	 * Old views contain 1 and 0, which the server's filters ignore
	 * (docs/paperless-api.md#true-and-false).
	 */
	flag?: boolean;
};

/**
 * The filter for each type of rule. The server itself does not run saved views
 * (docs/paperless-api.md#saved-view-rules).
 */
const rules: Readonly<Record<number, Rule>> = {
	0: { filter: 'title__icontains' },
	1: { filter: 'content__icontains' },
	2: { filter: 'archive_serial_number' },
	3: { filter: 'correspondent__id', whenEmpty: 'correspondent__isnull' },
	4: { filter: 'document_type__id', whenEmpty: 'document_type__isnull' },
	5: { filter: 'is_in_inbox', flag: true },
	6: { filter: 'tags__id__all', list: true },
	7: { filter: 'is_tagged', flag: true },
	8: { filter: 'created__date__lt' },
	9: { filter: 'created__date__gt' },
	10: { filter: 'created__year' },
	11: { filter: 'created__month' },
	12: { filter: 'created__day' },
	13: { filter: 'added__date__lt' },
	14: { filter: 'added__date__gt' },
	15: { filter: 'modified__date__lt' },
	16: { filter: 'modified__date__gt' },
	17: { filter: 'tags__id__none', list: true },
	18: { filter: 'archive_serial_number__isnull', flag: true },
	19: { filter: 'title_content' },
	20: { filter: 'query' },
	21: { filter: 'more_like_id' },
	22: { filter: 'tags__id__in', list: true },
	23: { filter: 'archive_serial_number__gt' },
	24: { filter: 'archive_serial_number__lt' },
	25: { filter: 'storage_path__id', whenEmpty: 'storage_path__isnull' },
	26: { filter: 'correspondent__id__in', list: true },
	27: { filter: 'correspondent__id__none', list: true },
	28: { filter: 'document_type__id__in', list: true },
	29: { filter: 'document_type__id__none', list: true },
	30: { filter: 'storage_path__id__in', list: true },
	31: { filter: 'storage_path__id__none', list: true },
	32: { filter: 'owner__id' },
	33: { filter: 'owner__id__in', list: true },
	34: { filter: 'owner__isnull', flag: true },
	35: { filter: 'owner__id__none', list: true },
	36: { filter: 'custom_fields__icontains' },
	37: { filter: 'shared_by__id' },
	38: { filter: 'has_custom_fields', flag: true },
	39: { filter: 'custom_fields__id__all', list: true },
	40: { filter: 'custom_fields__id__in', list: true },
	41: { filter: 'custom_fields__id__none', list: true },
	42: { filter: 'custom_field_query' },
	43: { filter: 'created__date__lte' },
	44: { filter: 'created__date__gte' },
	45: { filter: 'added__date__lte' },
	46: { filter: 'added__date__gte' },
	47: { filter: 'mime_type' },
	48: { filter: 'title_search' },
	49: { filter: 'text' },
};

/** Turns the view's rules into filters. Rejects an unknown type of rule, because ignoring it would widen the result. */
export function queryOfSavedView({ name, filter_rules }: SavedView): Query {
	const query: Record<string, string> = {};
	for (const { rule_type, value } of filter_rules) {
		const rule = rules[rule_type];
		if (rule === undefined) {
			throw new PaperlessError(
				'unsupported',
				`The saved view “${name}” has a rule that this node does not know`,
				{
					description: `The rule has the type ${rule_type}; the server is newer than this node. Update the node, or use filters instead.`,
				},
			);
		}
		if (value === null || value === undefined || value === '') {
			if (rule.whenEmpty) query[rule.whenEmpty] = 'true';
		} else if (rule.whenEmpty && value === '-1') {
			query[rule.whenEmpty] = 'false';
		} else if (rule.flag) {
			query[rule.filter] = String(value === 'true' || value === '1');
		} else {
			const before = query[rule.filter];
			query[rule.filter] = rule.list && before !== undefined ? `${before},${value}` : value;
		}
	}
	return query;
}

/** The view's rules as filters; null where one of them is unknown. */
export const filtersOfSavedView = (view: SavedView): Query | null =>
	view.filter_rules.every(({ rule_type }) => rule_type in rules) ? queryOfSavedView(view) : null;

export const orderingOfSavedView = ({ sort_field, sort_reverse }: SavedView): string | undefined =>
	sort_field ? `${sort_reverse ? '-' : ''}${sort_field}` : undefined;

/** Where two types fit a filter, the web interface writes the first. */
function ruleFor(
	filter: string,
	value: string,
): Array<{ rule_type: number; value: string | null }> | undefined {
	for (const [type, rule] of Object.entries(rules)) {
		const rule_type = Number(type);
		if (rule.whenEmpty === filter) return [{ rule_type, value: value === 'true' ? null : '-1' }];
		if (rule.filter === filter) {
			const values = rule.list ? value.split(',') : [value];
			return values.map((one) => ({ rule_type, value: one }));
		}
	}
	return undefined;
}

/** Turns filters into the rules of a saved view. Rejects filters for which Paperless-ngx has no rule. */
export function rulesOfQuery(query: Query): Array<{ rule_type: number; value: string | null }> {
	return Object.entries(query).flatMap(([filter, value]) => {
		const found = ruleFor(filter, value);
		if (found !== undefined && found.every(({ value: one }) => (one ?? '').length <= 255))
			return found;
		throw new PaperlessError('unsupported', `A saved view cannot hold the filter “${filter}”`, {
			description: found
				? 'Its value is longer than 255 characters.'
				: 'Paperless-ngx has no rule for it. Use another filter.',
		});
	});
}
