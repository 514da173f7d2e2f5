/** The characters of a text as the server counts them: an emoji is one, for JavaScript it is two. */
export const characterCount = (text: string): number => [...text].length;
