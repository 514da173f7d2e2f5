import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { del } from '../capabilities/delete';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setEnabled } from '../capabilities/setEnabled';
import { update } from '../capabilities/update';
import { mailRules } from './mailRules';

export const mailRule: Resource = {
	value: 'mailRule',
	name: 'Mail Rule',
	operations: [
		create(mailRules),
		del(
			mailRules,
			'Delete a mail rule permanently; documents that came by it stay',
			'Mails are no longer consumed by it.',
		),
		setEnabled(mailRules, false),
		setEnabled(mailRules, true),
		get(mailRules),
		getMany(mailRules),
		update(mailRules),
	],
};
