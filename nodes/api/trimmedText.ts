/** Blanks for the server, which is written in Python, that JavaScript does not trim. */
const blanks = new Set(['\u001c', '\u001d', '\u001e', '\u001f', '\u0085']);

const isBlank = (character: string | undefined): boolean =>
	character !== undefined && (character.trim() === '' || blanks.has(character));

/** A text as the server stores it (docs/paperless-api.md#trimmed-texts). */
export function trimmedText(text: string): string {
	let [from, to] = [0, text.length];
	while (from < to && isBlank(text[from])) from += 1;
	while (to > from && isBlank(text[to - 1])) to -= 1;
	return text.slice(from, to);
}
