import type { Sandbox } from './sandbox.mts';

const account = {
	name: 'Office',
	imap_server: 'imap.sandbox.test',
	imap_port: 993,
	imap_security: 2,
	username: 'office',
	password: 'mailpass1',
};

const rule = { account: 1, action: 3, assign_tags: [] };

/** A mail account that works, with a rule that is on and one that is off. */
export async function addMail(sandbox: Sandbox): Promise<void> {
	await sandbox.api('POST', 'mail_accounts/', account);
	await sandbox.api('POST', 'mail_rules/', { ...rule, name: 'Invoices' });
	await sandbox.api('POST', 'mail_rules/', { ...rule, name: 'Receipts', enabled: false });
}

/** Lets the server fetch a mail in which nothing is to be consumed. */
export async function addProcessedMail(sandbox: Sandbox): Promise<void> {
	await addMail(sandbox);
	await sandbox.deliver({ attachments: [{ fileName: 'page.html', text: '<html></html>' }] });
	await sandbox.api('POST', 'mail_accounts/1/process/');
	await sandbox.finishWork();
}
