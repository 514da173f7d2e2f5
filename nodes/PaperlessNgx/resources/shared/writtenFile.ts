import { PaperlessError } from '../../../api/errors';
import { sentFileName } from '../../../api/sentFileName';
import { trimmedText } from '../../../api/trimmedText';
import type { InputFile } from '../../../toolkit/files';

const invalid = (parameter: string, message: string, description: string) =>
	new PaperlessError('invalid', message, { description, parameter });

const check = 'Check the expression in this field.';

/** The type and the digits of a data URL, which APIs of pictures return in place of bare base64. */
function partsOf(text: string): { mimeType: string; data: string } {
	const [head = '', ...rest] = /^data:/i.test(text) ? text.split(',') : [];
	const mimeType = head.slice('data:'.length).split(';')[0] || 'application/octet-stream';
	if (head !== '' && !/;base64$/i.test(head)) {
		throw invalid('base64', '“Base64” is a data URL of another encoding', check);
	}
	return { mimeType, data: head === '' ? text : rest.join(',') };
}

/** Bytes from the usual alphabet or that of URLs, with or without padding and line breaks. */
function decoded(base64: string): { bytes: Buffer; mimeType: string } {
	const { mimeType, data } = partsOf(base64.trim());
	const digits = data.replace(/\s/g, '').replace(/={1,2}$/, '');
	const strange = /[^\w+/-]/.exec(digits)?.[0];
	if (strange !== undefined) {
		throw invalid('base64', `“Base64” contains “${strange}”, so it is not base64`, check);
	}
	// Four digits are three bytes, and one digit alone is less than a byte.
	if (digits.length % 4 === 1) throw invalid('base64', '“Base64” is cut off', check);
	return { bytes: Buffer.from(digits, 'base64'), mimeType };
}

type Values = { input: 'base64' | 'text'; text: string; base64: string; fileName: string };

/** The file that the parameters describe, where it is not in the input item. */
export function writtenFile({ input, text, base64, fileName: asked }: Values): InputFile {
	const { bytes, mimeType } =
		input === 'text' ? { bytes: Buffer.from(text), mimeType: 'text/plain' } : decoded(base64);
	if (bytes.length === 0 || (input === 'text' && trimmedText(text) === '')) {
		const label = input === 'text' ? 'Text' : 'Base64';
		throw invalid(input, `“${label}” is empty`, check);
	}
	const fileName = sentFileName(asked);
	if (fileName === undefined) {
		const message = asked.trim() === '' ? 'is empty' : 'is not the name of a file';
		throw invalid('fileName', `“File Name” ${message}`, 'Enter a name such as “letter.txt”.');
	}
	return {
		fileName,
		mimeType,
		size: bytes.length,
		async *open() {
			yield bytes;
		},
	};
}
