import type { z } from 'zod';
import { isRecord } from './json';

type Step = z.ZodIssue['path'][number];

const inside = (value: unknown, step: Step): unknown => {
	if (Array.isArray(value)) return value[Number(step)];
	return isRecord(value) ? value[step] : undefined;
};

/**
 * Puts an empty list where a reply has null and its schema rejects it: a newer server may write
 * nothing so. Returns whether there was such a place.
 */
export function fillLists(json: unknown, issues: readonly z.ZodIssue[]): boolean {
	let isChanged = false;
	for (const { path } of issues) {
		const last = path.at(-1);
		const holder = path.slice(0, -1).reduce(inside, json);
		if (last === undefined || !isRecord(holder) || holder[last] !== null) continue;
		holder[last] = [];
		isChanged = true;
	}
	return isChanged;
}
