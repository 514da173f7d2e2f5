import type { Context } from './operation';

const number = new Intl.NumberFormat('en-US');

/** Says what a limit left out of a list: how many are shown of how many that the server has found. */
export function hintAtLimit(
	{ hint }: Pick<Context, 'hint'>,
	{ shown, count, plural }: { shown: number; count: number; plural: string },
): void {
	if (shown === 0 || shown >= count) return;
	hint?.(
		'limit',
		`The limit cut the result: ${number.format(shown)} of ${number.format(count)} ${plural}. Raise “Limit” or switch on “Return All” to get the others.`,
	);
}
