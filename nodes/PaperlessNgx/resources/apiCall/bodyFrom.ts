import { PaperlessError } from '../../../api/errors';
import type { RequestBody } from '../../../api/httpTransport';
import { parseJson } from '../../../api/json';
import type { Context } from '../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { rowTitle } from '../../../toolkit/rowTitle';

/** Rows of names and values. */
export const rowsParameter = <const Label extends string, const Name extends string>(
	displayName: Label,
	name: Name,
	placeholder: string,
	description: string,
	example: { name: string; value: string },
) =>
	({
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, fixedCollection: { itemTitle: rowTitle('name') } },
		placeholder,
		default: {},
		description,
		options: [
			{
				displayName: 'Rows',
				name: 'rows',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: `e.g. ${example.name}`,
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: `e.g. ${example.value}`,
					},
				],
			},
		],
	}) as const satisfies Parameter;

const withBody = { method: ['DELETE', 'PATCH', 'POST', 'PUT'] } as const;
const asForm = { show: { ...withBody, body: ['form'] } } as const;

export const bodyParameters = [
	{
		displayName: 'Body',
		name: 'body',
		type: 'options',
		displayOptions: { show: withBody },
		options: [
			{ name: 'Form with File', value: 'form', description: 'Such as an upload needs' },
			{ name: 'JSON', value: 'json' },
			{ name: 'None', value: 'none' },
		],
		default: 'json',
	},
	{
		displayName: 'Body (JSON)',
		name: 'jsonBody',
		type: 'json',
		displayOptions: { show: { ...withBody, body: ['json'] } },
		default: '{}',
		placeholder: 'e.g. {"name": "New"}',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'inputDataFieldName',
		type: 'string',
		displayOptions: asForm,
		default: 'data',
		emptyByHand: true,
		placeholder: 'e.g. data',
		hint: 'The name of the field that holds the file; leave it empty to send no file',
	},
	{
		displayName: 'Name of File in Form',
		name: 'fileField',
		type: 'string',
		displayOptions: asForm,
		default: 'document',
		placeholder: 'e.g. document',
		description: 'The name under which the server expects the file',
	},
	{
		...rowsParameter(
			'Form Fields',
			'formFields',
			'Add Field',
			'Texts of the form; a name may occur more than once',
			{ name: 'title', value: 'Water bill' },
		),
		displayOptions: asForm,
	},
] as const satisfies readonly Parameter[];

function jsonFrom(text: string): unknown {
	const parsed = parseJson(text);
	if (parsed.ok) return parsed.json;
	throw new PaperlessError('invalid', '“Body (JSON)” is not JSON', {
		description: 'Write it as {"name": value}, or choose another kind of body.',
		parameter: 'jsonBody',
	});
}

/** The body of a request, and `undefined` where it has none. */
export async function bodyFrom(
	{ files }: Context,
	{ body, jsonBody, inputDataFieldName, fileField, formFields }: ValuesOf<typeof bodyParameters>,
	itemIndex: number,
): Promise<RequestBody | undefined> {
	if (body === 'none') return undefined;
	if (body === 'json') return { json: jsonFrom(jsonBody) };
	const texts = (formFields.rows ?? []).map(({ name, value }) => ({ field: name, text: value }));
	const property = inputDataFieldName.trim();
	if (property === '') return { parts: texts };
	const file = await files.read(itemIndex, property);
	return { parts: [...texts, { ...file, field: fileField }] };
}
