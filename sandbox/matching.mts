import type { Matching } from './store.mts';

const words = (match: string): string[] =>
	[...match.matchAll(/"([^"]+)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '');

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether an object matches a text. The learning algorithm 6 never matches here. */
export function matches(
	{ match, matching_algorithm: algorithm, is_insensitive: loose }: Matching,
	content: string,
): boolean {
	if (match === '') return false;
	const flags = loose ? 'iu' : 'u';
	const has = (pattern: string): boolean =>
		new RegExp(`(?<![\\p{L}\\d_])${pattern}(?![\\p{L}\\d_])`, flags).test(content);
	const phrase = (text: string): string => escape(text).replace(/\s+/g, '\\s+');
	switch (algorithm) {
		case 1:
			return words(match).some((word) => has(phrase(word)));
		case 2:
			return words(match).every((word) => has(phrase(word)));
		case 3:
			return has(escape(match));
		case 4:
			return new RegExp(match, flags).test(content);
		case 5:
			return content
				.toLowerCase()
				.replace(/[^\w\s]/g, '')
				.includes(match.toLowerCase().replace(/[^\w\s]/g, ''));
		default:
			return false;
	}
}
