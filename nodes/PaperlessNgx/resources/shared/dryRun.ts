import type { Access, Json } from '../../../toolkit/operation';
import type { Parameter } from '../../../toolkit/parameter';
import { notice } from '../../../toolkit/parameterBuilders';

/** Of operations that change many things. */
export const dryRunParameter = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to check everything and return what would change, without changing or creating anything',
} as const satisfies Parameter;

/** Of operations that delete. */
export const dryDeletionParameter = {
	...dryRunParameter,
	description: 'Whether to check everything and return what would be deleted, without deleting it',
} as const satisfies Parameter;

/** Says what a deletion takes, unless it is only tried. */
export const deletionNotice = (text: string) => notice('deletionNotice', text, { dryRun: [false] });

/** A dry run only reads, so a credential that is set to Read Only permits it. */
export const accessUnlessDry = ({ dryRun }: { dryRun: boolean }): Access =>
	dryRun ? 'read' : 'write';

/** The output of a deletion that was not made. */
export const notYetDeleted = (facts: Json): Json => ({ deleted: false, dry_run: true, ...facts });
