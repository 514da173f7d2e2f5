/** An entry in double quotes may contain commas; a double quote in it is written twice. */
const entry = /\s*(?:"((?:[^"]|"")*)"(?=\s*(?:,|$))|([^,]*))\s*(?:,|$)/y;

/** The entries of a text such as `Open, "Open, late"`, without blanks around them. */
export function listEntries(text: string): string[] {
	const entries: string[] = [];
	entry.lastIndex = 0;
	while (entry.lastIndex < text.length) {
		const [, inQuotes, plain = ''] = entry.exec(text) ?? [];
		entries.push((inQuotes?.replaceAll('""', '"') ?? plain).trim());
	}
	return entries;
}
