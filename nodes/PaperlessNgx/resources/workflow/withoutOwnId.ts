import { isRecord } from '../../../api/json';

/** The message of a webhook or an e-mail is a part of its own on the server, with an id of its own. */
export const withoutOwnId = (key: string, value: unknown): unknown =>
	isRecord(value) && (key === 'webhook' || key === 'email')
		? Object.fromEntries(Object.entries(value).filter(([inner]) => inner !== 'id'))
		: value;
