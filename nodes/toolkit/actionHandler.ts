import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { PaperlessError } from '../api/errors';
import type { CreatableKind } from '../api/kinds';
import { kinds } from '../api/kinds';
import { NameDirectory } from '../api/nameDirectory';
import { isReadOnly } from './isReadOnly';
import { credentialType } from './n8nTransport';
import { withClient } from './pickers';
import { refusedWrite } from './refusedWrite';

/**
 * Creates what somebody typed in the search field of a picker, as Create If Missing does, and returns
 * its name: of an ID the editor would not show the name (docs/n8n.md#new-choices). A name of digits
 * would be an ID. What exists under this name is chosen.
 */
const createNamed = (kind: CreatableKind) =>
	async function (
		this: ILoadOptionsFunctions,
		payload: IDataObject | string | undefined,
	): Promise<string> {
		const { chosen } = await withClient(this, async (client) => {
			if (isReadOnly(await this.getCredentials(credentialType)))
				throw refusedWrite('It creates nothing.');
			const name = typeof payload === 'object' ? String(payload.name ?? '').trim() : '';
			if (name === '') {
				throw new PaperlessError('invalid', `The new ${kinds[kind].noun} has no name`, {
					description: 'Type its name in the search field of the list first.',
				});
			}
			const id = await new NameDirectory(client).idOrCreate(kind, { name });
			return { chosen: /^\d+$/.test(name) ? String(id) : name };
		});
		return chosen;
	};

export const actionHandler = {
	createCorrespondent: createNamed('correspondent'),
	createDocumentType: createNamed('documentType'),
	createTag: createNamed('tag'),
};
