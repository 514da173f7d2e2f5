import { atMost } from '../../../api/atMost';
import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import { together } from '../../../api/together';
import { idFrom } from '../../../documents/documentIds';
import { attempt } from '../../../toolkit/attempt';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import { notice } from '../../../toolkit/parameterBuilders';
import { isGone } from '../shared/isGone';

const parameter = 'processedMailId';

const looksAtOnce = 4;

/** The id of a mail that is there; the route that deletes says nothing of one that is not. */
async function existingId(api: PaperlessClient, text: string): Promise<number> {
	const id = idFrom(text, 'Processed Mail ID', parameter);
	return (await api.processedMail.get(id)).id;
}

const notDeleted = (id: number) =>
	new PaperlessError('unavailable', `Processed mail ${id} was not deleted`, {
		description: 'The server reported success, but it is still there; its log says why.',
		parameter,
	});

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete processed mail',
	description:
		'Forget that a mail was processed; a mail that still fits its rule is then processed again',
	access: 'write',
	needs: 'processedMail',
	parameters: [
		{
			displayName: 'Processed Mail ID',
			name: parameter,
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 12',
		},
		notice(
			'deletionNotice',
			'This cannot be undone. A mail that still fits its rule is consumed once more.',
		),
	],
	async executeAll({ api }, calls) {
		const atOnce = atMost(looksAtOnce);
		const ids = await Promise.all(
			calls.map(({ values }) =>
				atOnce(() => attempt(() => existingId(api, values.processedMailId))),
			),
		);
		const present = [...new Set(ids.filter((id) => typeof id === 'number'))];
		const refusals = await together(present, (some) => api.processedMail.delete(some));
		const accepted = present.filter((id) => !refusals.has(id));
		const gone = new Map(
			await Promise.all(
				accepted.map((id) =>
					atOnce(async () => [id, await attempt(() => isGone(api.processedMail, id))] as const),
				),
			),
		);
		return ids.map((id): Outcome => {
			if (typeof id !== 'number') return id;
			const seen = refusals.get(id) ?? gone.get(id);
			if (seen instanceof Error) return seen;
			return seen ? [{ json: { deleted: true, id } }] : notDeleted(id);
		});
	},
});
