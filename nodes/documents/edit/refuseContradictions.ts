import { PaperlessError } from '../../api/errors';
import type { DocumentIntent } from './documentIntent';
import type { Archive } from './expectedState';

const contradiction = (message: string, parameter: string) =>
	new PaperlessError('invalid', message, {
		description: 'Remove one of the two settings.',
		parameter,
	});

/** Refuses settings that cannot both be met, whatever the document has. */
export function refuseContradictions(
	{ tags = {}, customFields = {} }: DocumentIntent,
	{ tagTree, customFields: fields }: Archive,
): void {
	const { set = [], add = [], remove = [] } = tags;
	for (const wanted of [...set, ...add]) {
		const above = tagTree.upwards(wanted).find((id) => remove.includes(id));
		if (above === undefined) continue;
		const [name, removed] = [tagTree.name(wanted), tagTree.name(above)];
		throw contradiction(
			above === wanted
				? `The tag “${name}” would be added and removed`
				: `The tag “${name}” needs the tag “${removed}” above it, which would be removed`,
			'removeTags',
		);
	}
	const given = Object.keys({ ...customFields.set, ...customFields.skipped });
	const field = given.find((id) => customFields.remove?.includes(Number(id)));
	if (field === undefined) return;
	const name = fields.get(Number(field))?.name ?? `ID ${field}`;
	throw contradiction(
		`The custom field “${name}” would get a value and be removed`,
		'removeCustomFields',
	);
}
