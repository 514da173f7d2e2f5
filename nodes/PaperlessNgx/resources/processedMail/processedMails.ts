import type { ProcessedMail } from '../../../api/processedMail';
import { instant } from '../../../toolkit/dates';
import type { Locator } from '../../../toolkit/parameter';
import { oneOf } from '../../../toolkit/parameterBuilders';
import { toReference } from '../../../toolkit/references';
import type { ListFilter } from '../capabilities/listFilters';
import type { Listed } from '../capabilities/readable';
import { presentMail } from './presentMail';

/** The server cannot filter by this date. */
const receivedFilter = (
	displayName: string,
	name: string,
	fits: (received: number, bound: number) => boolean,
): ListFilter<ProcessedMail> => ({
	parameter: { displayName, name, type: 'dateTime', default: '' },
	keeps(value, { timeZone }) {
		const bound = Date.parse(instant(value, displayName, timeZone));
		return ({ received }) => fits(Date.parse(received), bound);
	},
});

const filters: Array<ListFilter<ProcessedMail>> = [
	{
		parameter: {
			...oneOf('Mail Rule', 'rule', 'searchMailRules', 'Invoices'),
			description: 'The rule that the mail came by',
		},
		async query(value, { names }) {
			const rule = toReference(value as Locator, 'Mail Rule');
			return { rule: String((await names.find('mailRule', rule, 'rule')).id) };
		},
	},
	receivedFilter('Received After', 'receivedAfter', (received, bound) => received >= bound),
	receivedFilter('Received Before', 'receivedBefore', (received, bound) => received < bound),
	{
		parameter: {
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Failed', value: 'FAILED', description: 'A file or the action on the mail failed' },
				{
					name: 'Nothing to Consume',
					value: 'PROCESSED_WO_CONSUMPTION',
					description: 'No attachment fits the rule and is a document',
				},
				{ name: 'Success', value: 'SUCCESS' },
			],
			default: 'FAILED',
		},
		query: (value) => ({ status: String(value) }),
	},
];

export const processedMails: Listed<ProcessedMail> = {
	noun: 'processed mail',
	plural: 'processed mails',
	collection: (api) => api.processedMail,
	needs: 'processedMail',
	present: presentMail,
	technical: ['error', 'uid'],
	references: ({ owner }) => ({ user: [owner] }),
	filters,
	sortings: [
		{ name: 'Processed (Newest First)', value: '-processed' },
		{ name: 'Processed (Oldest First)', value: 'processed' },
		{ name: 'Received (Newest First)', value: '-received' },
		{ name: 'Received (Oldest First)', value: 'received' },
	],
};
