import type { Resource } from '../../../nodes/toolkit/operation';
import type { Parameter } from '../../../nodes/toolkit/parameter';
import { defineOperation } from '../../../nodes/toolkit/operation';
import { nodeProperties } from '../../../nodes/toolkit/properties';

const operation = (value: string, name: string) =>
	defineOperation({
		value,
		name,
		action: `${name} it`,
		description: `To ${name} it`,
		access: 'read',
		parameters: [
			{ displayName: 'Mode', name: 'mode', type: 'string', default: '' },
			{
				displayName: 'Text',
				name: 'text',
				type: 'string',
				displayOptions: { show: { mode: ['a'] }, hide: { mode: ['b'] } },
				default: '',
			},
		],
		execute: async () => [],
	});

const resources: Resource[] = [
	{ value: 'tag', name: 'Tag', operations: [operation('get', 'Get'), operation('add', 'Add')] },
	{ value: 'note', name: 'Note', operations: [operation('get', 'Get')] },
];

const properties = nodeProperties(resources);

describe('The panel of the node', () => {
	it('starts with the resources, sorted by name; the first one in the list is the default', () => {
		expect(properties[0]).toMatchObject({
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: 'tag',
			options: [
				{ name: 'Note', value: 'note' },
				{ name: 'Tag', value: 'tag' },
			],
		});
	});

	it('continues with the operations of each resource, shown for this resource only', () => {
		expect(properties.slice(1, 3)).toMatchObject([
			{
				name: 'operation',
				default: 'get',
				displayOptions: { show: { resource: ['tag'] } },
				options: [
					{ name: 'Add', value: 'add', action: 'Add it', description: 'To Add it' },
					{ name: 'Get', value: 'get', action: 'Get it', description: 'To Get it' },
				],
			},
			{ name: 'operation', displayOptions: { show: { resource: ['note'] } } },
		]);
	});

	it('has a parameter once for all operations that share it, in addition to its conditions', () => {
		const texts = properties.filter(({ name }) => name === 'text');

		expect(texts.map(({ displayOptions }) => displayOptions)).toEqual([
			{ show: { resource: ['note'], operation: ['get'], mode: ['a'] }, hide: { mode: ['b'] } },
			{
				show: { resource: ['tag'], operation: ['get', 'add'], mode: ['a'] },
				hide: { mode: ['b'] },
			},
		]);
	});

	it('shows each operation its own parameters in their order', () => {
		const named = (name: string, description = ''): Parameter => ({
			...{ displayName: name, name, type: 'string', default: '', description },
		});
		const panels = [
			[named('a'), named('b'), named('c')],
			[named('b'), named('a'), named('c')],
			[named('c'), named('b', 'another')],
		];
		const list = nodeProperties(
			['tag', 'note'].map((value) => ({
				...{ value, name: value },
				operations: panels.map((parameters, index) => ({
					...operation(`${index}`, `${index}`),
					parameters,
				})),
			})),
		);

		for (const resource of ['tag', 'note']) {
			const shown = panels.map((_, index) =>
				list
					.filter(({ displayOptions }) => {
						const { show } = displayOptions ?? {};
						return (
							show?.['resource']?.includes(resource) && show['operation']?.includes(`${index}`)
						);
					})
					.map(({ name, description }) => named(name, description)),
			);
			expect(shown).toEqual(panels);
		}
		expect(list.filter(({ displayOptions }) => displayOptions?.show?.['operation'])).toHaveLength(
			5,
		);
	});
});

describe('The values of an operation', () => {
	it('have the types of its parameters', () => {
		defineOperation({
			value: 'get',
			name: 'Get',
			action: 'Get it',
			description: 'To get it',
			access: 'read',
			parameters: [{ displayName: 'Limit', name: 'limit', type: 'number', default: 1 }],
			execute: async (_, values) => {
				const limit: number = values.limit;
				// @ts-expect-error there is no such parameter
				return [{ json: { limit, other: values.other } }];
			},
		});

		expect(resources[0]?.operations).toHaveLength(2);
	});
});
