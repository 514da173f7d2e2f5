import { contextOn } from '../../support/context.mts';
import { FakeTransport, page } from '../../support/fakeTransport.mts';
import {
	idFilter,
	nameFilters,
	queryFrom,
} from '../../../nodes/PaperlessNgx/resources/capabilities/listFilters';

const context = contextOn(new FakeTransport(() => page([])));
const filters = [idFilter, ...nameFilters('Water Works')];

describe('The filters of a list', () => {
	it('are sent in the words of the server, trimmed', async () => {
		expect(await queryFrom(context, filters, { ids: ' 1, 2 ,', nameContains: ' inv ' })).toEqual({
			id__in: '1,2',
			name__icontains: 'inv',
		});
		expect(await queryFrom(context, nameFilters('clara', 'username'), { nameIs: 'clara' })).toEqual(
			{
				username__iexact: 'clara',
			},
		);
	});

	it('are not sent when the user has not added them', async () => {
		expect(await queryFrom(context, filters, {})).toEqual({});
	});

	it.each([
		['IDs', { ids: '' }],
		['IDs', { ids: '1, two' }],
		['IDs', { ids: undefined }],
		['Name', { nameIs: '  ' }],
		['Name Starts With', { nameStartsWith: undefined }],
	])('reject an empty or unreadable value of “%s”: %j', async (label, values) => {
		await expect(queryFrom(context, filters, values)).rejects.toThrow(
			`The filter “${label}” is empty or not readable`,
		);
	});
});
