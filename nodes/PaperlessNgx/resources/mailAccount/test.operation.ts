import { defineOperation } from '../../../toolkit/operation';
import { chosenRow, locatorParameter } from '../capabilities/readable';
import { accountFields } from './accountFields';
import { testAccount } from './testAccount';

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
		const refusal = await testAccount(context.api, account);
		if (refusal) throw refusal;
		return [{ json: { id: account.id, name: account.name, success: true } }];
	},
});
