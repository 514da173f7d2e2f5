import { PaperlessError } from '../../../api/errors';
import type { CustomFieldDraft } from '../../../api/schemas/named';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { toReference } from '../../../toolkit/references';
import { trimmedName } from '../capabilities/create';
import { nameParameter } from '../capabilities/entity';
import { limitOf, returnAllOrLimit } from '../shared/listing';
import {
	currencyFrom,
	currencyParameter,
	customFieldParameter,
	keepingOptions,
	labelsFrom,
	optionsOf,
	optionsParameter,
	shown,
	typeParameter,
} from './fields';
import { completeField, createField } from './write';

const newField = [
	nameParameter,
	typeParameter,
	{ ...optionsParameter, displayOptions: { show: { dataType: ['select'] } } },
	{ ...currencyParameter, displayOptions: { show: { dataType: ['monetary'] } } },
] as const;

const chosen = { ...customFieldParameter, required: true } as const;

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create custom field',
	description: 'Create a new custom field',
	access: 'write',
	parameters: newField,
	async execute(context, values) {
		return [{ json: shown(await createField(context, values)) }];
	},
});

export const createOrUpdate = defineOperation({
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update custom field',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	access: 'write',
	parameters: newField,
	async executeAll(context, calls) {
		const outcomes: Outcome[] = [];
		// One after the other: a later item may name what an earlier one creates.
		for (const { values } of calls) {
			const existing = await context.names.existing('customField', values.name.trim());
			const written = existing
				? completeField(context, existing, values)
				: createField(context, values);
			outcomes.push(
				await written.then(
					(field) => [{ json: { ...shown(field), created: existing === undefined } }],
					(error: Error) => error,
				),
			);
		}
		return outcomes;
	},
});

export const get = defineOperation({
	value: 'get',
	name: 'Get',
	action: 'Get custom field',
	description: 'Retrieve a custom field by its name or ID',
	access: 'read',
	parameters: [chosen],
	async execute({ names }, { customField }) {
		const field = await names.find(
			'customField',
			toReference(customField, 'Custom Field'),
			'customField',
		);
		return [{ json: shown(field) }];
	},
});

export const getMany = defineOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many custom fields',
	description: 'Retrieve a list of custom fields',
	access: 'read',
	parameters: [...returnAllOrLimit],
	async execute({ names }, listing) {
		const fields = [...(await names.all('customField'))];
		const sorted = fields.sort((a, b) => a.name.localeCompare(b.name)).slice(0, limitOf(listing));
		return sorted.map((field) => ({ json: shown(field) }));
	},
});

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete custom field',
	description: 'Delete a custom field permanently, with the values that documents have',
	access: 'write',
	parameters: [chosen],
	async execute({ api, names }, { customField }) {
		const { id } = await names.find(
			'customField',
			toReference(customField, 'Custom Field'),
			'customField',
		);
		await api.customFields.delete(id);
		return [{ json: { deleted: true, id } }];
	},
});

export const update = defineOperation({
	value: 'update',
	name: 'Update',
	action: 'Update custom field',
	description: 'Rename a custom field, or add, rename and remove the options of a select field',
	access: 'write',
	parameters: [
		chosen,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					...optionsParameter,
					displayName: 'Add Select Options',
					name: 'addOptions',
				},
				currencyParameter,
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'New name of at most 128 characters',
				},
				{
					displayName: 'Remove Select Options',
					name: 'removeOptions',
					type: 'string',
					default: '',
					placeholder: 'e.g. Overdue',
					typeOptions: { isList: true },
					description: 'Labels; documents that hold such an option lose it',
				},
				{
					displayName: 'Rename Select Options',
					name: 'renameOptions',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add Option',
					default: {},
					description: 'Documents keep their values',
					options: [
						{
							displayName: 'Option',
							name: 'rows',
							values: [
								{ displayName: 'From', name: 'from', type: 'string', default: '' },
								{ displayName: 'To', name: 'to', type: 'string', default: '' },
							],
						},
					],
				},
			],
		},
	],
	async execute({ api, names }, { customField, updateFields }) {
		const field = await names.find(
			'customField',
			toReference(customField, 'Custom Field'),
			'customField',
		);
		const {
			addOptions = '',
			defaultCurrency,
			name,
			removeOptions = '',
			renameOptions,
		} = updateFields;
		const options = optionsOf(field);
		const renamed = new Map(
			(renameOptions?.rows ?? []).map(({ from, to }) => [from.trim(), to.trim()]),
		);
		const removed = labelsFrom(removeOptions);
		const added = labelsFrom(addOptions).filter((label) =>
			options.every((option) => option.label !== label),
		);
		const unknown = [...renamed.keys(), ...removed].filter((label) =>
			options.every((option) => option.label !== label),
		);
		const touchesOptions = renamed.size > 0 || removed.length > 0 || added.length > 0;
		if (unknown.length > 0 || (touchesOptions && field.data_type !== 'select')) {
			throw new PaperlessError(
				'invalid',
				`The custom field “${field.name}” has no option ${unknown.map((label) => `“${label}”`).join(', ')}`,
				{
					description: `Its type is ${field.data_type}; its options: ${options.map(({ label }) => `“${label}”`).join(', ') || 'none'}.`,
				},
			);
		}
		const changes: CustomFieldDraft = {
			...(name !== undefined && { name: trimmedName(name) }),
			...(defaultCurrency !== undefined && {
				extra_data: { default_currency: currencyFrom(defaultCurrency) },
			}),
			...(touchesOptions && {
				extra_data: {
					select_options: [
						...options
							.filter(({ label }) => !removed.includes(label))
							.map(({ id, label }) => ({ id, label: renamed.get(label) ?? label })),
						...added.map((label) => ({ label })),
					],
				},
			}),
		};
		if (Object.keys(changes).length === 0) {
			throw new PaperlessError('invalid', 'There is nothing to update', {
				description: 'Add a field under “Update Fields”.',
			});
		}
		return [
			{ json: shown(await api.customFields.update(field.id, keepingOptions(field, changes))) },
		];
	},
});
