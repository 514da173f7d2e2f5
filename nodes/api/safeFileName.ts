/** Characters that have no place in a name: controls, and marks that change how text is shown. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What servers drop from a name. A name without anything else breaks an upload (docs/paperless-api.md#file-names). */
const meaningless = /[.\s<>:"|?*]/g;

/** Hidden files, and names that Windows gives to devices. */
const reserved = /^(\.|(con|prn|aux|nul|com\d|lpt\d)(?=\.|$))/i;

/** Bytes. File systems allow 255, and servers add to a name while they work on the file. */
const longestName = 200;

const bytesOf = (text: string) => Buffer.byteLength(text, 'utf8');

/** Shortens the part before the ending, so that the type of the file stays visible. */
function shortened(name: string): string {
	if (bytesOf(name) <= longestName) return name;
	const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
	let stem = '';
	for (const character of name.slice(0, name.length - ending.length)) {
		if (bytesOf(stem + character + ending) > longestName) break;
		stem += character;
	}
	return stem + ending;
}

/**
 * A file name from outside without folders and unprintable characters, which is neither hidden nor
 * reserved, in at most 200 bytes.
 * `undefined` where nothing is left that names a file, such as “..” or “???”.
 */
export function safeFileName(name: string | undefined): string | undefined {
	const last = (name ?? '').replace(unprintable, '').split(/[/\\]/).at(-1)?.trim() ?? '';
	if (last.replace(meaningless, '') === '') return undefined;
	return shortened(last.replace(/^\.+(?=.*\.)/, '').replace(reserved, '_$&'));
}
