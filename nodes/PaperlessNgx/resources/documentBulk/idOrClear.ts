import type { PlannedNames } from '../../../documents/edit/plannedNames';
import { creationFrom } from '../../../documents/ownerOfCreated';
import type { Context } from '../../../toolkit/operation';
import type { Locator, Parameter } from '../../../toolkit/parameter';
import { toReference } from '../../../toolkit/references';

const labels = {
	correspondent: 'Correspondent',
	documentType: 'Document Type',
	storagePath: 'Storage Path',
} as const;

/** An empty locator does not clear: clearing must be asked for. */
export const clearParameter = (noun: string) =>
	({
		displayName: 'Clear',
		name: 'clear',
		type: 'boolean',
		default: false,
		description: `Whether to clear the ${noun} instead of setting it`,
	}) as const satisfies Parameter;

export const unlessCleared = { displayOptions: { show: { clear: [false] } } } as const;

/** Storage paths come without options: they are never created. */
type Values = { clear: boolean; options?: Parameters<typeof creationFrom>[0] };

/** The id that a locator means, or null to clear. Other names than those of storage paths are planned. */
export async function idOrClear(
	{ names }: Context,
	planned: PlannedNames,
	kind: keyof typeof labels,
	locator: Locator,
	{ clear, options = {} }: Values,
): Promise<number | null> {
	if (clear) return null;
	const reference = toReference(locator, labels[kind]);
	if (kind === 'storagePath') return await names.id(kind, reference, kind);
	const [id] = await planned.resolver(creationFrom(options))(kind, [reference], kind);
	return id ?? null;
}
