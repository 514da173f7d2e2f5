import { isPaperlessError, PaperlessError } from '../../../api/errors';
import { attempt } from '../../../toolkit/attempt';
import { defineOperation } from '../../../toolkit/operation';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { accountFields } from './accountFields';

const reasons = {
	invalid: {
		message: 'The mail server does not let Paperless-ngx in',
		description: 'Check the user name and the password.',
	},
	unavailable: {
		message: 'Paperless-ngx cannot reach the mail server',
		description:
			'Check the server, the port and the security of the account. The log of Paperless-ngx contains the reason.',
	},
} as const;

/** The error of a failed test in the words of mail (docs/paperless-api.md#mail-tests). */
function explained(refusal: Error): Error {
	const isCrash = isPaperlessError(refusal, 'unavailable') && refusal.status === 500;
	if (!isCrash && !isPaperlessError(refusal, 'invalid')) return refusal;
	const { message, description } = reasons[isCrash ? 'unavailable' : 'invalid'];
	const words = isCrash ? '' : ` Paperless-ngx says: ${refusal.message}`;
	return new PaperlessError(refusal.kind, message, {
		description: `${description}${words}`,
		status: refusal.status,
	});
}

export const test = defineOperation({
	value: 'test',
	name: 'Test',
	action: 'Test mail account',
	description: 'Let Paperless-ngx log in to the mail server with what it knows of the account',
	// The server may renew the access token of the account.
	access: 'write',
	parameters: [locatorParameter(accountFields)],
	async execute(context, values) {
		const account = await chosenRow(context, accountFields, values);
		const refusal = await attempt(() => context.api.mailAccounts.test(account));
		if (refusal instanceof Error) throw explained(refusal);
		return [{ json: { id: account.id, name: account.name, success: true } }];
	},
});
