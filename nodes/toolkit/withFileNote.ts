import type { Json, Output } from './operation';

/** Tells a model of the files that n8n keeps from it (docs/n8n.md#files-of-tools). */
export const withFileNote = (json: Json, binary: Output['binary']): Json =>
	binary
		? {
				...json,
				file_note: `This answer contains no file. n8n keeps it as binary data “${Object.keys(binary).join('”, “')}”. Do not call again to see it.`,
			}
		: json;
