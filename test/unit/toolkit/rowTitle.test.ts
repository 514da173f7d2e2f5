import type { IWorkflowDataProxyAdditionalKeys } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { rowTitle } from '../../../nodes/toolkit/rowTitle';

const properties = [
	{ name: 'field', type: 'options', options: [{ name: 'Title', value: 'title' }] },
	{ name: 'custom', type: 'options', typeOptions: { loadOptionsMethod: 'getCustomFields' } },
	{ name: 'text', type: 'string', displayOptions: { hide: { condition: ['empty'] } } },
	{ name: 'number', type: 'number', displayOptions: { show: { condition: ['above'] } } },
];

/** The heading as the editor evaluates it. */
function heading(names: string[], value: object): unknown {
	const node = {
		id: '1',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const nodeTypes = {
		getByName: () => undefined,
		getByNameAndVersion: () => undefined,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	const keys = { $collection: { item: { value, index: 0, properties } } };
	return workflow.expression.getParameterValue(
		rowTitle(...names),
		null,
		0,
		0,
		node.name,
		[],
		'manual',
		keys as unknown as IWorkflowDataProxyAdditionalKeys,
	);
}

describe('The heading of a row', () => {
	it.each([
		['the words of the panel', { field: 'title', text: 'water' }, 'Title water'],
		['what an expression says', { field: 'title', text: '={{ $json.a }}' }, 'Title {{ $json.a }}'],
		['the number of a thing from the server', { custom: 7, text: 'x' }, 'Field 7 x'],
		['the name of a thing from the server', { custom: 'Due', text: 'x' }, 'Due x'],
		['what is shown', { condition: 'above', text: 'x', number: 0 }, 'x 0'],
		[
			'nothing that is hidden',
			{ condition: 'empty', field: 'title', text: 'x', number: 1 },
			'Title',
		],
		['nothing where nothing is filled in', { field: '', text: '' }, ''],
	])('has %s', (_, value, expected) => {
		expect(heading(['field', 'custom', 'text', 'number'], value)).toBe(expected);
	});
});
