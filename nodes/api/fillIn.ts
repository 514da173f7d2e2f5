/** Replaces every `{name}` in a text by the fact of that name. */
export const fillIn = (text: string, facts: Readonly<Record<string, string>>): string =>
	text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '').trim();
