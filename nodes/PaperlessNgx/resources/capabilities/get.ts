import type { Kind } from '../../../api/kinds';
import { defineOperation } from '../../../toolkit/operation';
import type { Readable } from './readable';
import { chosenId, locatorParameter, outputOf } from './readable';

export const get = <K extends Kind>(readable: Readable<K>) =>
	defineOperation({
		value: 'get',
		name: 'Get',
		action: `Get ${readable.noun}`,
		description: `Retrieve a ${readable.noun} by its name or ID`,
		access: 'read',
		parameters: [locatorParameter(readable)],
		async execute(context, values) {
			const id = await chosenId(context, readable, values);
			return [await outputOf(context, readable, await readable.collection(context.api).get(id))];
		},
	});
