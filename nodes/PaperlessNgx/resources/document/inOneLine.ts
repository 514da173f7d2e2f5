/** Joins the lines of a text by blanks, as the header of an e-mail needs it. */
export const inOneLine = (text: string): string =>
	text
		.split(/[\r\n]/)
		.map((line) => line.trim())
		.filter(Boolean)
		.join(' ');
