import { PaperlessError } from '../../../api/errors';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { documentTarget } from '../shared/documentTarget';
import {
	accessUnlessDry,
	deletionNotice,
	dryDeletionParameter,
	notYetDeleted,
} from '../shared/dryRun';
import { pickVersion, versionParameter } from './pickVersion';

const stillThere = (document: number, version: number) =>
	new PaperlessError('unavailable', `Version ${version} of document ${document} was not deleted`, {
		description: 'The server reported success, yet the version is still there; its log says why.',
	});

export const del = defineOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete document version',
	description: 'Move a version to the trash; the original is only deleted with its document',
	access: accessUnlessDry,
	destroys: () => true,
	needs: 'documentVersions',
	parameters: [
		documentParameter,
		versionParameter,
		deletionNotice(
			'The version goes to the trash, where Paperless-ngx 3.2 and later do not list it.',
		),
		dryDeletionParameter,
	],
	target: documentTarget,
	async execute({ api }, { document, version: idOrLabel, dryRun }) {
		const id = await documentId(api, document);
		const version = pickVersion(id, await api.versions.list(id), idOrLabel);
		if (version.is_root) {
			throw new PaperlessError('invalid', 'The original of a document cannot be deleted alone', {
				description: 'Delete the document instead.',
				parameter: 'version',
			});
		}
		if (dryRun) {
			const { version_label: label = null } = version;
			return [{ json: notYetDeleted({ document: id, version: version.id, label }) }];
		}
		await api.versions.delete(id, version.id);
		const left = await api.versions.list(id);
		if (left.some((one) => one.id === version.id)) throw stillThere(id, version.id);
		return [{ json: { deleted: true, document: id, version: version.id } }];
	},
});
