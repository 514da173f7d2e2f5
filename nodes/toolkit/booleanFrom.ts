const words = new Map([
	['0', false],
	['1', true],
	['false', false],
	['no', false],
	['off', false],
	['on', true],
	['true', true],
	['yes', true],
]);

/** True and false as people and models write them; `undefined` for anything else. */
export function booleanFrom(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	return typeof value === 'string' || typeof value === 'number'
		? words.get(String(value).trim().toLowerCase())
		: undefined;
}
