/** The server's template engine cannot parse the title. */
export class BrokenTemplate extends Error {}

type Values = Record<string, string>;

/**
 * Renders the title of an upload, which is a template. `undefined` if a placeholder has no value.
 */
export const renderTitle = (title: string, values: Values, jinja: boolean): string | undefined =>
	jinja ? renderJinja(title, values) : renderFormat(title, values);

function renderJinja(title: string, values: Values): string | undefined {
	const unknown = (name: string) => values[name.trim()] === undefined;
	const placeholder = /\{\{(.*?)\}\}/g;
	if (/\{\{|\{%/.test(title.replace(placeholder, ''))) throw new BrokenTemplate();
	return [...title.matchAll(placeholder)].some(([, name = '']) => unknown(name))
		? undefined
		: title.replace(placeholder, (_, name: string) => values[name.trim()] ?? '');
}

/** Python's string formatting. Doubled braces stand for single braces. */
function renderFormat(title: string, values: Values): string | undefined {
	let isKnown = true;
	const rendered = title.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (part, name?: string) => {
		if (part === '{{' || part === '}}') return part.charAt(0);
		const value = name === undefined ? undefined : values[name];
		isKnown &&= value !== undefined;
		return value ?? '';
	});
	return isKnown ? rendered : undefined;
}
