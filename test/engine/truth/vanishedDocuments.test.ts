import { byId, refusal } from '../../support/paperless.mts';
import { profiles } from '../../support/sandbox.mts';
import { useSandbox } from '../../support/useSandbox.mts';

describe.each(profiles)('a document that goes to the trash of Paperless-ngx %s', (profile) => {
	const { sandbox, engine } = useSandbox(profile);
	let gone: number;
	let kept: number;
	const pdf = { resource: 'pdf' };
	const mail = { to: 'ann@example.com', subject: 'Papers', message: 'Here they are' };

	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		const { results: rows } = await sandbox.api<{
			results: Array<{ id: number; page_count: number | null; mime_type: string }>;
		}>('GET', 'documents/?page_size=100&ordering=id');
		const pdfs = rows.filter(({ mime_type: type }) => type === 'application/pdf');
		gone = pdfs.find(({ page_count: pages }) => Number(pages) > 1)?.id ?? 0;
		kept = pdfs.find(({ id }) => id !== gone)?.id ?? 0;
	});

	/** Runs the operation, and deletes the document when its first write arrives. */
	const refusedMeanwhile = async (operation: string, parameters: object) => {
		await sandbox.misbehave({ kind: 'hold', method: 'POST' });
		let isOver = false;
		const refused = refusal(engine, operation, parameters).finally(() => (isOver = true));
		while (!isOver && (await sandbox.heldRequests()) === 0);
		await sandbox.api('DELETE', `documents/${gone}/`);
		await sandbox.release();
		return await refused;
	};

	it.each([
		['PDF: Rotate', 'rotate', () => ({ ...pdf, document: byId(gone) })],
		['PDF: Delete Pages', 'deletePages', () => ({ ...pdf, document: byId(gone), pages: '1' })],
		['PDF: Split', 'split', () => ({ ...pdf, document: byId(gone), pages: '1,2' })],
		['PDF: Merge', 'merge', () => ({ ...pdf, target: 'ids', documentIds: `${kept},${gone}` })],
		['Email', 'email', () => ({ ...mail, documentIds: `${kept},${gone}` })],
		['Share Link: Create', 'create', () => ({ resource: 'shareLink', document: byId(gone) })],
	])('before the write of %s is named', async (_, operation, parameters) => {
		const { message, description } = await refusedMeanwhile(operation, parameters());

		expect(`${message} ${description}`).toContain(`There is no document ${gone}`);
		expect(description).toContain('It may be in the trash');
	});
});
