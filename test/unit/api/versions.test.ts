import { forgetServers } from '../../../nodes/api/connection';
import { answeringClient } from '../../support/answeringClient.mts';
import { json, text } from '../../support/fakeTransport.mts';

beforeEach(forgetServers);

const file = {
	field: 'document',
	fileName: 'a.pdf',
	mimeType: 'application/pdf',
	size: 0,
	async *open() {},
};

describe('Versions of a document', () => {
	it('are requested without the rest of the document', async () => {
		const { transport, client } = answeringClient(
			json({ id: 3, versions: [{ id: 4, is_root: false }] }),
		);

		expect(await client.versions.list(3)).toEqual([{ id: 4, is_root: false }]);
		expect(transport.lines).toEqual(['GET api/documents/3/?fields=id%2Cversions']);
	});

	it('are uploaded with their label before the file', async () => {
		const { transport, client } = answeringClient(json('task'));

		await client.versions.upload(3, file, 'Signed');

		expect(transport.requests.at(-1)?.body).toEqual({
			parts: [{ field: 'version_label', text: 'Signed' }, file],
		});
	});

	it('are deleted one at a time', async () => {
		const { transport, client } = answeringClient(text('', 204));

		await client.versions.delete(3, 4);

		expect(transport.lines.at(-1)).toBe('DELETE api/documents/3/versions/4/');
	});
});
