import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import type { PermissionOption } from './permissionOption';
import { permissionOption, permissionsOf } from './permissionOption';
import type { Readable } from './readable';
import { chosenId, locatorParameter, outputsOf } from './readable';
import { isSimplified, simplifyParameter } from './simplify';

export const get = <K extends Kind>(readable: Readable<K>) =>
	defineOperation({
		value: 'get',
		name: 'Get',
		action: `Get ${readable.noun}`,
		description: `Retrieve a ${readable.noun} by its name or ID`,
		access: 'read',
		parameters: [locatorParameter(readable), simplifyParameter, ...permissionOption(readable)],
		async execute(context, values) {
			const id = await chosenId(context, readable, values);
			const { query, describe } = permissionsOf(context, values as PermissionOption);
			const row = await readable.collection(context.api).get(id, query);
			return await outputsOf(context, readable, [row], {
				isSimple: isSimplified(context, values),
				more: await describe([row]),
			});
		},
	});
