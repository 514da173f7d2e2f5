import { isPaperlessError, PaperlessError } from '../../../api/errors';
import type { PaperlessClient } from '../../../api/paperlessClient';
import type { MailAccount } from '../../../api/schemas/mailAccount';
import { attempt } from '../../../toolkit/attempt';

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

/** Lets the server log in to the mail server of an account. Returns why it cannot. */
export async function testAccount(
	api: PaperlessClient,
	account: MailAccount,
): Promise<Error | undefined> {
	const refusal = await attempt(() => api.mailAccounts.test(account));
	return refusal instanceof Error ? explained(refusal) : undefined;
}
