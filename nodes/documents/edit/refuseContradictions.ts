import { PaperlessError } from '../../api/errors';
import type { CustomFieldIntent, DocumentIntent } from './documentIntent';
import type { Archive } from './expectedState';

const contradiction = (message: string, parameter: string) =>
	new PaperlessError('invalid', message, {
		description: 'Remove one of the two settings.',
		parameter,
	});

type Both = { words: string; parameter: string };

/** Fields that are asked two things of, of which only one can be met. */
function contradictoryFields(intent: CustomFieldIntent): Array<[Both, number[]]> {
	const { remove = [], attach = [], clear = [] } = intent;
	const given = Object.keys({ ...intent.set, ...intent.skipped }).map(Number);
	const incremented = Object.keys(intent.increments ?? {}).map(Number);
	const both = (some: readonly number[], others: readonly number[]) => {
		const second = new Set(others);
		return some.filter((id) => second.has(id));
	};
	return [
		[
			{ words: 'get a value and be removed', parameter: 'removeCustomFields' },
			both([...given, ...incremented], remove),
		],
		[{ words: 'be attached and removed', parameter: 'attachCustomFields' }, both(attach, remove)],
		[
			{ words: 'get a value and be cleared', parameter: 'clearCustomFields' },
			both([...given, ...incremented], clear),
		],
		[{ words: 'be cleared and removed', parameter: 'clearCustomFields' }, both(clear, remove)],
		[
			{ words: 'get a value and be incremented', parameter: 'incrementCustomFields' },
			both(given, incremented),
		],
	];
}

/** Refuses settings that cannot both be met, whatever the document has. */
export function refuseContradictions(
	{ tags = {}, customFields = {} }: DocumentIntent,
	{ tagTree, customFields: fields }: Archive,
): void {
	const { set = [], add = [], removeInbox = false } = tags;
	const remove = new Set(tags.remove);
	for (const wanted of [...set, ...add]) {
		const inbox = removeInbox && tagTree.upwards(wanted).find((id) => tagTree.isInbox(id));
		if (typeof inbox === 'number')
			throw contradiction(
				`The inbox tag “${tagTree.name(inbox)}” would be added and removed`,
				'removeInboxTags',
			);
		const above = tagTree.upwards(wanted).find((id) => remove.has(id));
		if (above === undefined) continue;
		const [name, removed] = [tagTree.name(wanted), tagTree.name(above)];
		throw contradiction(
			above === wanted
				? `The tag “${name}” would be added and removed`
				: `The tag “${name}” needs the tag “${removed}” above it, which would be removed`,
			'removeTags',
		);
	}
	const nameOf = (field: number) => fields.get(field)?.name ?? `ID ${field}`;
	for (const [wanted, ids] of contradictoryFields(customFields)) {
		const [field] = ids;
		if (field !== undefined)
			throw contradiction(
				`The custom field “${nameOf(field)}” would ${wanted.words}`,
				wanted.parameter,
			);
	}
}
