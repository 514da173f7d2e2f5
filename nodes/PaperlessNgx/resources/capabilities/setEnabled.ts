import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import type { Editable } from './editable';
import { chosenRow, locatorParameter } from './readable';
import { simplifyParameter } from './simplify';
import { changeOutput, writeFields } from './writeFields';

/** Switches on or off what has a switch of its own. */
export const setEnabled = <K extends Kind, Draft extends { enabled?: boolean }>(
	editable: Editable<K, Draft>,
	enabled: boolean,
) => {
	const [value, name, verb] = enabled
		? (['enable', 'Enable', 'Switch on'] as const)
		: (['disable', 'Disable', 'Switch off'] as const);
	return defineOperation({
		value,
		name,
		action: `${name} ${editable.noun}`,
		description: `${verb} a ${editable.noun}; everything else in it stays as it is`,
		access: 'write',
		parameters: [locatorParameter(editable), simplifyParameter],
		target: () => 'all',
		async execute(context, values) {
			const row = await chosenRow(context, editable, values);
			const asked: Partial<Draft> = Object.assign<Partial<Draft>, object>({}, { enabled });
			const written = await writeFields(context, editable, row, asked);
			return await changeOutput(context, editable, written, values);
		},
	});
};
