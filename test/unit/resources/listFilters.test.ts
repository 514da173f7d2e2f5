import {
	idFilter,
	nameFilters,
	queryFrom,
} from '../../../nodes/PaperlessNgx/resources/capabilities/listFilters';

const filters = [idFilter, ...nameFilters()];

describe('The filters of a list', () => {
	it('are sent in the words of the server, trimmed', () => {
		expect(queryFrom(filters, { ids: ' 1, 2 ,', nameContains: ' inv ' })).toEqual({
			id__in: '1,2',
			name__icontains: 'inv',
		});
		expect(queryFrom(nameFilters('username'), { nameIs: 'clara' })).toEqual({
			username__iexact: 'clara',
		});
	});

	it('are not sent when the user has not added them', () => {
		expect(queryFrom(filters, {})).toEqual({});
	});

	it.each([
		['IDs', { ids: '' }],
		['IDs', { ids: '1, two' }],
		['IDs', { ids: undefined }],
		['Name', { nameIs: '  ' }],
		['Name Starts With', { nameStartsWith: undefined }],
	])('reject an empty or unreadable value of “%s”: %j', (label, values) => {
		expect(() => queryFrom(filters, values)).toThrow(
			`The filter “${label}” is empty or not readable`,
		);
	});
});
