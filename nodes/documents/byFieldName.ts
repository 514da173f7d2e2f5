/** Keys that n8n drops when it copies an item (docs/n8n.md#dropped-keys). */
const dropped = new Set(['__proto__', 'constructor', 'prototype']);

const renamedKey = /^(__proto__|constructor|prototype) \(\d{1,4}\)$/;

/**
 * An object by the names of custom fields. A name that n8n would drop gets a number, such as
 * `constructor (2)`; names with a number are never those of two fields.
 */
export function byFieldName<T>(entries: ReadonlyArray<readonly [string, T]>): Record<string, T> {
	const names = new Set(entries.map(([name]) => name));
	const free = (name: string) => {
		let number = 2;
		while (names.has(`${name} (${number})`)) number += 1;
		return `${name} (${number})`;
	};
	const renamed = new Map(
		[...dropped].flatMap((name) => (names.has(name) ? [[name, free(name)]] : [])),
	);
	return Object.fromEntries(entries.map(([name, value]) => [renamed.get(name) ?? name, value]));
}

/** The name of the field to which a key belongs, unless a field has this very name. */
export const nameOfKey = (key: string): string => renamedKey.exec(key)?.[1] ?? key;
