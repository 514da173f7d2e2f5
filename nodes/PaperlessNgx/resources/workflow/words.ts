import { rejectWord } from './rejectWorkflow';
import { actionTypes, matchingAlgorithms, sources, triggerTypes } from '../../../api/triggerTypes';

type Words = ReadonlyMap<string, number>;

/** `documentAdded` reads as `document_added`, as everything else in a workflow. */
const wordsOf = (numbers: Readonly<Record<string, number>>): Words =>
	new Map(
		Object.entries(numbers).map(([name, number]) => [
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			number,
		]),
	);

/** The numbers of the server that have a word, by the list that they stand in and their key. */
const tables: Readonly<Record<string, Words>> = {
	'triggers.type': wordsOf(triggerTypes),
	'triggers.sources': wordsOf(sources),
	'triggers.matching_algorithm': wordsOf(matchingAlgorithms),
	'actions.type': wordsOf(actionTypes),
};

export type PartList = 'triggers' | 'actions';

/** The word for a number; a number that only a newer server knows stays as it is. */
function wordFor(words: Words, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => wordFor(words, one));
	return [...words].find(([, number]) => number === value)?.[0] ?? value;
}

function numberFor(words: Words, key: string, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => numberFor(words, key, one));
	if (typeof value !== 'string' || /^\d+$/.test(value)) return value;
	return words.get(value) ?? rejectWord(key, value, [...words.keys()]);
}

/** `undefined` for a key whose value has no words. */
export const toWords = (list: PartList, key: string, value: unknown): unknown => {
	const words = tables[`${list}.${key}`];
	return words && wordFor(words, value);
};

/** `undefined` for a key whose value has no words. Throws an error about an unknown word. */
export const fromWords = (list: PartList, key: string, value: unknown): unknown => {
	const words = tables[`${list}.${key}`];
	return words && numberFor(words, key, value);
};
