import { uploads } from './cases.mts';

type Side = 'n8n' | 'undici';

/** A tag that not all documents have yet, so every run changes something. */
export const tagToAdd = (side: Side, run: number): string =>
	`Tag ${run + (side === 'n8n' ? 1 : 21)}`;

/** Texts that no other run sends, because the server rejects duplicates. */
export const uploadedFiles = (side: Side, run: number): Array<{ name: string; text: string }> =>
	Array.from({ length: uploads }, (_, index) => ({
		name: `${side}-${run}-${index}.txt`,
		text: `File ${index} of run ${run} by ${side}. `.repeat(1500),
	}));

/** A value that no document has yet. */
export const fieldValue = (side: Side, run: number, index = 0): string => `${side} ${run} ${index}`;

/** Names that no tag has yet. */
export const newTags = (side: Side, run: number): string[] =>
	Array.from({ length: 500 }, (_, index) => `${side} ${run} ${index}`);
