import type { Context, Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

/** A reading has no parameters and is the same for all items, so it is made once an execution. */
export const reading = (
	identity: { value: string; name: string; action: string; description: string },
	read: (context: Context) => Promise<Json>,
) =>
	defineOperation({
		...identity,
		access: 'read',
		parameters: [],
		async executeAll(context, calls) {
			const json = await read(context);
			return calls.map(() => [{ json }]);
		},
	});
