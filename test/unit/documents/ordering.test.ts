import { forgetServers } from '../../../nodes/api/connection';
import { PaperlessError } from '../../../nodes/api/errors';
import { ordering } from '../../../nodes/documents/ordering';
import { contextOn } from '../../support/context.mts';
import { FakeTransport, page, refusalOf } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

type Rows = NonNullable<Parameters<typeof ordering>[1]['rows']>;

const row = (
	field: Rows[number]['field'],
	direction: Rows[number]['direction'] = 'ascending',
): Rows[number] => ({ field, direction, customField: field === 'customField' ? 'Due' : '' });

const search = { query: 'water' };

async function order(rows: Rows, { query = {}, view }: { query?: object; view?: string } = {}) {
	const fields = [{ id: 7, name: 'Due', data_type: 'date' }];
	const context = contextOn(new FakeTransport(() => page(fields)));
	return (await ordering(context, { rows }, { query: { ...query }, view })).ordering;
}

describe('The order of documents', () => {
	it.each([
		['the newest first by default', [], undefined, '-created,-id'],
		['that of the saved view', [], 'title', 'title,id'],
		['one of the view that needs no second field', [], '-custom_field_3', '-custom_field_3'],
		['the chosen one rather than that of the view', [row('added')], 'title', 'added,id'],
		['descending, with ties in the same direction', [row('added', 'descending')], '', '-added,-id'],
		['by several fields', [row('owner', 'descending'), row('title')], '', '-owner,title,id'],
		['by the id without another field', [row('id', 'descending')], '', '-id'],
		['by a custom field alone', [row('customField')], '', 'custom_field_7'],
	])('is %s', async (_, rows, view, expected) => {
		expect(await order(rows, view ? { view } : {})).toBe(expected);
	});

	it.each([
		['by relevance by default', [], undefined, undefined],
		['by relevance if chosen', [row('relevance')], 'title', undefined],
		['that of the saved view', [], 'title', 'title'],
		['by one field without the id', [row('added', 'descending')], 'title', '-added'],
	])('of a search is %s', async (_, rows, view, expected) => {
		expect(await order(rows, { query: search, ...(view && { view }) })).toBe(expected);
	});

	it.each([
		['relevance without a search', [row('relevance')], {}, 'Relevance needs'],
		['relevance and another field', [row('relevance'), row('title')], search, 'Relevance needs'],
		['two fields of a search', [row('added'), row('title')], search, 'by one field'],
		['a custom field and another field', [row('customField'), row('title')], {}, 'by one field'],
	])('cannot be %s', async (_, rows, query, words) => {
		const error = await refusalOf(order(rows, { query }), PaperlessError);

		expect(error.message).toBe('Paperless-ngx cannot sort like this');
		expect(error.description).toContain(words);
	});
});
