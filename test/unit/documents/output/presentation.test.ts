import { fieldsQuery, presentationOf } from '../../../../nodes/documents/output/presentation';

type Values = Parameters<typeof presentationOf>[0];

const query = (values: Partial<Values>, contentInRaw = false) =>
	fieldsQuery(
		presentationOf({ output: 'simplified', selectedFields: [], ...values }, contentInRaw),
	);

describe('The query for a presentation', () => {
	it('names the fields of simplified output, without content unless requested', () => {
		expect(query({}).fields).toContain('correspondent');
		expect(query({}).fields?.split(',')).not.toContain('content');
		expect(query({ options: { includeContent: true } }).fields?.split(',')).toContain('content');
	});

	it('names the selected fields and the id once', () => {
		expect(query({ output: 'selected', selectedFields: ['title', 'id'] })).toEqual({
			fields: 'id,title',
		});
	});

	it('names no fields of raw output, and leaves out content unless requested', () => {
		expect(query({ output: 'raw' })).toEqual({ truncate_content: 'true' });
		expect(query({ output: 'raw' }, true)).toEqual({});
		expect(query({ output: 'raw', options: { includeContent: false } }, true)).toEqual({
			truncate_content: 'true',
		});
	});
});
