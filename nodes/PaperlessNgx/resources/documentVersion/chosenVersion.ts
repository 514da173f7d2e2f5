import type { PaperlessClient } from '../../../api/paperlessClient';
import type { DocumentVersion } from '../../../api/versions';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import type { Parameter, ValuesOf } from '../../../toolkit/parameter';
import { pickVersion, versionParameter } from './pickVersion';

export const chosenVersionParameters = [
	documentParameter,
	{
		displayName: 'Which Version',
		name: 'which',
		type: 'options',
		options: [
			{ name: 'By ID or Label', value: 'id' },
			{ name: 'Newest', value: 'newest', description: 'The current file of the document' },
			{ name: 'Original', value: 'original', description: 'The first file of the document' },
		],
		default: 'id',
	},
	{ ...versionParameter, displayOptions: { show: { which: ['id'] } } },
] as const satisfies readonly Parameter[];

/** The version that the parameters choose, with the id of its document. */
export async function chosenVersion(
	api: PaperlessClient,
	{ document, which, version: idOrLabel }: ValuesOf<typeof chosenVersionParameters>,
): Promise<{ id: number; version: DocumentVersion; isNewest: boolean }> {
	const id = await documentId(api, document);
	const versions = await api.versions.list(id);
	const [newest] = versions;
	const at = which === 'original' ? versions.at(-1) : newest;
	const version = which === 'id' || at === undefined ? pickVersion(id, versions, idOrLabel) : at;
	return { id, version, isNewest: version === newest };
}
