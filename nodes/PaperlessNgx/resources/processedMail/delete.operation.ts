import { atMost } from '../../../api/atMost';
import { PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { ProcessedMail } from '../../../api/processedMail';
import { together } from '../../../api/together';
import { idFrom } from '../../../documents/documentIds';
import { attempt } from '../../../toolkit/attempt';
import type { Outcome } from '../../../toolkit/operation';
import { defineOperation } from '../../../toolkit/operation';
import {
	accessUnlessDry,
	deletionNotice,
	dryDeletionParameter,
	notYetDeleted,
} from '../shared/dryRun';
import { isGone } from '../shared/isGone';
import { presentMail } from './presentMail';

const parameter = 'processedMailId';

const looksAtOnce = 4;

/** A mail that is there; the route that deletes says nothing of one that is not. */
const existing = async (api: PaperlessClient, text: string): Promise<ProcessedMail> =>
	await api.processedMail.get(idFrom(text, 'Processed Mail ID', parameter));

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
	access: accessUnlessDry,
	destroys: () => true,
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
		deletionNotice('This cannot be undone. A mail that still fits its rule is consumed once more.'),
		dryDeletionParameter,
	],
	async executeAll(context, calls) {
		const { api } = context;
		const atOnce = atMost(looksAtOnce);
		const mails = await Promise.all(
			calls.map(({ values }) => atOnce(() => attempt(() => existing(api, values.processedMailId)))),
		);
		const present = [
			...new Set(
				mails.flatMap((mail, at) =>
					mail instanceof Error || calls[at]?.values.dryRun ? [] : [mail.id],
				),
			),
		];
		const refusals = await together(present, (some) => api.processedMail.delete(some));
		const accepted = present.filter((id) => !refusals.has(id));
		const gone = new Map(
			await Promise.all(
				accepted.map((id) =>
					atOnce(async () => [id, await attempt(() => isGone(api.processedMail, id))] as const),
				),
			),
		);
		const outcomeOf = async (mail: ProcessedMail, dryRun = false): Promise<Outcome> => {
			const { id } = mail;
			if (dryRun) return [{ json: notYetDeleted(await presentMail(mail, context)) }];
			const seen = refusals.get(id) ?? gone.get(id);
			if (seen instanceof Error) return seen;
			return seen ? [{ json: { deleted: true, id } }] : notDeleted(id);
		};
		return await Promise.all(
			mails.map((mail, at) =>
				mail instanceof Error ? mail : outcomeOf(mail, calls[at]?.values.dryRun),
			),
		);
	},
});
