import { parseJson, isRecord } from '../../../api/json';
import { PaperlessError } from '../../../api/errors';
import type { Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

const invalidSettings = (message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter: 'settings' });

function settingsFrom(text: string): Json {
	const parsed = parseJson(text);
	if (parsed.ok && isRecord(parsed.json)) return parsed.json;
	throw invalidSettings(
		'“Settings (JSON)” is not a JSON object',
		'Write the settings as {"name": value}.',
	);
}

export const updateConfiguration = defineOperation({
	value: 'updateConfiguration',
	name: 'Update Configuration',
	action: 'Update configuration',
	description: 'Change server settings; they apply to documents that are consumed afterwards',
	access: 'write',
	parameters: [
		{
			displayName: 'Settings (JSON)',
			name: 'settings',
			type: 'json',
			required: true,
			default: '{}',
			placeholder: 'e.g. {"language": "deu+eng"}',
			description:
				'Settings under the names that Get Configuration returns; null restores the default',
		},
	],
	async execute({ api }, { settings: text }) {
		const settings = settingsFrom(text);
		const configuration = await api.system.configuration();
		const known = Object.keys(configuration).filter((name) => name !== 'id');
		const description = `This server supports ${known.join(', ')}.`;
		const unknown = Object.keys(settings).filter((name) => !known.includes(name));
		if (unknown.length > 0)
			throw invalidSettings(`There is no setting ${unknown.join(', ')}`, description);
		if (Object.keys(settings).length === 0)
			throw invalidSettings('No setting is given', description);
		return [{ json: await api.system.updateConfiguration(settings) }];
	},
});
