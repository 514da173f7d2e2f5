import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { PaperlessError } from '../../../nodes/api/errors';
import type { Parameter } from '../../../nodes/toolkit/parameter';
import { toNodeError } from '../../../nodes/toolkit/toNodeError';

const node: INode = {
	id: '1',
	name: 'Paperless-ngx',
	type: 'paperlessNgx',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const parameters = [
	{ displayName: 'Title', name: 'title', type: 'string', default: '' },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{
				displayName: 'Archive Serial Number',
				name: 'archiveSerialNumber',
				type: 'number',
				default: 0,
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'fixedCollection',
		default: {},
		options: [
			{
				displayName: 'Filter',
				name: 'rows',
				values: [
					{
						displayName: 'Inner',
						name: 'inner',
						type: 'collection',
						default: {},
						options: [{ displayName: 'Due Date', name: 'due', type: 'dateTime', default: '' }],
					},
				],
			},
		],
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [{ name: 'Raw', value: 'raw' }],
		default: 'raw',
	},
] as const satisfies readonly Parameter[];

const nodeErrorFor = (error: Error) => toNodeError(node, error, 3, parameters);

describe('An error of the node', () => {
	it('has the message, how to go on and the item', () => {
		const error = nodeErrorFor(
			new PaperlessError('unresolved', 'There is no tag “X”', { description: 'Create it first.' }),
		);

		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'There is no tag “X”',
			description: 'Create it first.',
			context: { itemIndex: 3 },
		});
	});

	it('has the status of the server’s reply', () => {
		const error = nodeErrorFor(
			new PaperlessError('notFound', 'There is no document 3', {
				description: 'Trash?',
				status: 404,
			}),
		);

		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'There is no document 3',
			description: 'Trash?',
			httpCode: '404',
			context: { itemIndex: 3 },
		});
	});

	it('names fields by their labels in the panel', () => {
		const error = nodeErrorFor(
			new PaperlessError('invalid', 'title: Too long. archive_serial_number: Taken.', {
				status: 400,
				fields: { title: 'Too long.', archive_serial_number: 'Taken.' },
			}),
		);

		expect(error.message).toBe('“Title”: Too long. “Archive Serial Number”: Taken.');
	});

	it('repeats the server’s message about a field that the panel does not have', () => {
		const fields = { detail: 'JSON parse error' };

		expect(nodeErrorFor(new PaperlessError('invalid', 'x', { fields })).message).toBe(
			'JSON parse error',
		);
	});

	it('names the parameter once, even inside collections', () => {
		const about = (message: string, parameter: string) =>
			nodeErrorFor(new PaperlessError('invalid', message, { parameter })).message;

		expect(about('There is no date', 'due')).toBe('“Due Date”: There is no date');
		expect(about('“Title” is empty', 'title')).toBe('“Title” is empty');
		expect(about('It is odd', 'unknownParameter')).toBe('It is odd');
		expect(about('It is odd', 'raw')).toBe('It is odd');
	});

	it('is made of any other error, with the item', () => {
		const error = nodeErrorFor(new TypeError('x is not a function'));

		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'x is not a function', context: { itemIndex: 3 } });
	});

	it('of anybody shows no tag and ends after 2,000 characters', () => {
		const error = new Error(`<a href="https://evil.test">Log in</a>${'x'.repeat(9000)}`);

		const { message } = toNodeError(node, error, 0, parameters);

		expect(message).toMatch(/^‹a href="https:\/\/evil.test">Log in‹\/a>x+…$/);
		expect(message).toHaveLength(2001);
	});
});
