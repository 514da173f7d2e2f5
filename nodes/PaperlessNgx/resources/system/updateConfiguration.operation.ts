import { PaperlessError } from '../../../api/errors';
import { isRecord, parseJson } from '../../../api/json';
import type { Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { isMasked, sameSetting } from './sameSetting';

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

function requireKnown(settings: Json, configuration: Json): void {
	const known = Object.keys(configuration).filter((name) => name !== 'id');
	const description = `This server supports ${known.join(', ')}.`;
	const unknown = Object.keys(settings).filter((name) => !known.includes(name));
	if (unknown.length > 0)
		throw invalidSettings(`There is no setting ${unknown.join(', ')}`, description);
	if (Object.keys(settings).length === 0) throw invalidSettings('No setting is given', description);
}

/** The server takes objects and lists only as texts of JSON (docs/paperless-api.md#configuration-values). */
const writable = (value: unknown): unknown =>
	value !== null && typeof value === 'object' ? JSON.stringify(value) : value;

const shown = (value: unknown) => JSON.stringify(value ?? null);

function requireStored(settings: Json, configuration: Json): void {
	const refused = Object.entries(settings).filter(
		([name, value]) => !sameSetting(value, configuration[name]),
	);
	if (refused.length === 0) return;
	const names = refused.map(([name]) => name).join(', ');
	const values = refused.map(([name]) => `${name} is ${shown(configuration[name])}`);
	throw new PaperlessError('unavailable', `The server did not take over ${names}`, {
		description: `It reported success, yet ${values.join(', ')}.`,
		parameter: 'settings',
	});
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
	// The server saves the whole configuration with each change, so changes at the same time are lost.
	target: () => 'configuration',
	async execute({ api }, { settings: text }) {
		const settings = settingsFrom(text);
		const before = await api.system.configuration();
		requireKnown(settings, before);
		const entries = Object.entries(settings).filter(
			([name, value]) =>
				!sameSetting(value, before[name]) || (isMasked(before[name]) && !isMasked(value)),
		);
		if (entries.length === 0) return [{ json: { ...before, updated: false, changes: {} } }];
		const wanted = entries.map(([name, value]) => [name, writable(value)] as const);
		const after = await api.system.updateConfiguration(Object.fromEntries(wanted));
		requireStored(Object.fromEntries(wanted), after);
		const changes = Object.fromEntries(
			entries.map(([name]) => [name, { from: before[name] ?? null, to: after[name] ?? null }]),
		);
		return [{ json: { ...after, updated: true, changes } }];
	},
});
