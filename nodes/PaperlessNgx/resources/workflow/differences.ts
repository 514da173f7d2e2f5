import { isRecord } from '../../../api/json';

const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	value === false ||
	(Array.isArray(value) && value.length === 0) ||
	(isRecord(value) && Object.keys(value).length === 0);

const isFlat = (list: readonly unknown[]) =>
	list.every((one) => !isRecord(one) && !Array.isArray(one));

const sorted = (list: readonly unknown[]) => [...list].map((one) => JSON.stringify(one)).sort();

const isSame = (a: unknown, b: unknown): boolean =>
	(typeof a === 'string' ? a.trim() : a) === (typeof b === 'string' ? b.trim() : b);

/**
 * The places where a stored value is not as asked. Lists of ids are sets. An older server lacks keys;
 * that counts where the key asks for something.
 */
export function differences(asked: unknown, stored: unknown, place = ''): string[] {
	const here = place === '' ? [] : [place];
	if (isEmpty(asked) && (isEmpty(stored) || stored === undefined)) return [];
	if (Array.isArray(asked)) {
		if (!Array.isArray(stored) || stored.length !== asked.length) return here;
		if (isFlat(asked)) {
			const [wanted, found] = [sorted(asked), sorted(stored)];
			return wanted.every((one, at) => one === found[at]) ? [] : here;
		}
		return asked.flatMap((one, at) => differences(one, stored[at], `${place} ${at + 1}`.trim()));
	}
	if (isRecord(asked)) {
		if (!isRecord(stored)) return here;
		return Object.entries(asked).flatMap(([key, value]) =>
			differences(value, stored[key], `${place} ${key}`.trim()),
		);
	}
	return isSame(asked, stored) ? [] : here;
}
