import { documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import { changeDocument } from './changeDocument';
import { loadPdf } from './loadPdfs';
import { waitParameters } from './waitParameters';

export const rotate = defineOperation({
	value: 'rotate',
	name: 'Rotate',
	action: 'Rotate PDF',
	description: 'Rotate all pages of a PDF; Paperless-ngx 3.0 and later create a new version',
	access: 'write',
	parameters: [
		documentParameter,
		{
			displayName: 'Rotate By',
			name: 'degrees',
			type: 'options',
			options: [
				{ name: '180°', value: 180 },
				{ name: '90° Clockwise', value: 90 },
				{ name: '90° Counterclockwise', value: 270 },
			],
			default: 90,
		},
		...waitParameters,
	],
	target: documentTarget,
	async execute(context, { document, degrees, ...waiting }) {
		const pdf = await loadPdf(context, document, { countsPages: false });
		const edit = { method: 'rotate', parameters: { degrees } } as const;
		return await changeDocument(context, pdf, { sent: { ids: [pdf.id], edit } }, waiting);
	},
});
