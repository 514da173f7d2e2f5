/** The beginning of a text, at most so many characters. It ends within no character. */
export function firstCharacters(text: string, count: number): string {
	if (text.length <= count) return text;
	let end = 0;
	for (let seen = 0; seen < count && end < text.length; seen += 1) {
		end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
	}
	return text.slice(0, end);
}
