import { PaperlessError } from '../../../api/errors';
import { isRecord, parseJson } from '../../../api/json';
import { defineOperation } from '../../../toolkit/operation';

export const updateConfiguration = defineOperation({
	value: 'updateConfiguration',
	name: 'Update Configuration',
	action: 'Update configuration',
	description:
		'Change settings of the server; they take effect for documents consumed from then on',
	access: 'write',
	parameters: [
		{
			displayName: 'Settings (JSON)',
			name: 'settings',
			type: 'json',
			required: true,
			default: '{}',
			placeholder: 'e.g. {"language": "deu+eng"}',
			description: 'Settings by the names that Get Configuration shows; null restores the default',
		},
	],
	async execute({ api }, { settings }) {
		const wanted = parsed(settings);
		const known = await api.system.configuration();
		const unknown = Object.keys(wanted).filter((name) => !(name in known) || name === 'id');
		if (unknown.length > 0 || Object.keys(wanted).length === 0) {
			throw new PaperlessError(
				'invalid',
				unknown.length > 0 ? `There is no setting ${unknown.join(', ')}` : 'No setting is given',
				{
					description: `This server knows: ${Object.keys(known)
						.filter((name) => name !== 'id')
						.join(', ')}.`,
					parameter: 'settings',
				},
			);
		}
		return [{ json: await api.system.updateConfiguration(wanted) }];
	},
});

function parsed(text: string): Record<string, unknown> {
	const result = parseJson(text);
	if (result.ok && isRecord(result.json)) return result.json;
	throw new PaperlessError('invalid', '“Settings (JSON)” is not a JSON object', {
		description: 'Write it as {"name": value}.',
		parameter: 'settings',
	});
}
