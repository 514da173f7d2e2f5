import type { Context, Json } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';

/**
 * An operation without parameters. Its result is the same for all items, so the server is asked
 * once per execution.
 */
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
