import { oneOf } from '../../../../toolkit/parameterBuilders';
import type { Parameter } from '../../../../toolkit/parameter';

const shownForField = { show: { matchBy: ['customField'] } } as const;

/**
 * What identifies the document. None is `required`: n8n asks for all of them where “Match By” is an
 * expression.
 */
export const keyParameters = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		options: [
			{ name: 'Archive Serial Number', value: 'serialNumber' },
			{ name: 'Custom Field', value: 'customField' },
		],
		default: 'serialNumber',
		description:
			'What the document of the file is recognized by. Only an archive serial number is unique on the server: two workflows that run at the same time may create two documents with one value of a custom field.',
	},
	{
		displayName: 'Archive Serial Number',
		name: 'archiveSerialNumber',
		type: 'string',
		displayOptions: { show: { matchBy: ['serialNumber'] } },
		default: '',
		placeholder: 'e.g. 42',
		description: 'The document that has this number; a new document gets it',
	},
	{
		...oneOf('Custom Field', 'customField', 'searchCustomFields', 'Reference'),
		displayOptions: shownForField,
	},
	{
		displayName: 'Value',
		name: 'customFieldValue',
		type: 'string',
		displayOptions: shownForField,
		default: '',
		placeholder: 'e.g. R-2024-17',
		description: 'The document whose field has this value; a new document gets it',
	},
] as const satisfies readonly Parameter[];
