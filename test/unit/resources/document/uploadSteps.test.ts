import { PaperlessError } from '../../../../nodes/api/errors';
import type { HashedUpload } from '../../../../nodes/PaperlessNgx/resources/document/upload/hashUpload';
import { withTwins } from '../../../../nodes/PaperlessNgx/resources/document/upload/hashUpload';
import { refusalOf } from '../../../../nodes/PaperlessNgx/resources/document/upload/refusalOf';
import type { Upload } from '../../../../nodes/PaperlessNgx/resources/document/upload/uploadSender';

const hashed = (itemIndex: number, hash: string): HashedUpload => ({
	itemIndex,
	hash,
	algorithm: 'sha256',
	file: { fileName: 'gas.txt', mimeType: 'text/plain', size: 1, open: async function* () {} },
	options: {},
	wait: true,
	skipped: {},
	draft: {},
	afterwards: { changes: {}, note: '' },
});

describe('Equal files', () => {
	it('are sent by the first item that has them', () => {
		const uploads = withTwins([hashed(0, 'a'), hashed(1, 'b'), hashed(2, 'a'), hashed(3, 'a')]);

		expect(uploads.map(({ twinOf }) => twinOf)).toEqual([undefined, undefined, 0, 0]);
	});
});

describe('An upload', () => {
	const upload = (changes: Partial<Upload>): Upload => ({
		...hashed(0, 'a'),
		taskId: 't1',
		checksum: 'a',
		lookedUp: undefined,
		consumption: { status: 'created', documentId: 7, reason: '' },
		...changes,
	});
	const duplicate = {
		status: 'duplicate',
		documentId: 7,
		inTrash: false,
		reason: 'Known.',
	} as const;
	const failed = { status: 'failed', reason: 'Broken.' } as const;

	it.each<[string, Partial<Upload>, string]>([
		['a duplicate', { consumption: duplicate }, 'already in the archive as document #7'],
		[
			'a duplicate in the trash',
			{ consumption: { ...duplicate, documentId: null, inTrash: true } },
			'already in the trash of the archive',
		],
		['a file that the server cannot consume', { consumption: failed }, 'could not consume'],
	])('of %s is rejected', (_, changes, words) => {
		expect(refusalOf(upload(changes))?.message).toContain(`“gas.txt”`);
		expect(refusalOf(upload(changes))?.message).toContain(words);
	});

	it('that became no document is rejected if a field is left to set', () => {
		const split = {
			consumption: { status: 'created', documentId: null, reason: 'Barcode splitting complete!' },
		} as const;
		const afterwards = { changes: { owner: 3 }, note: 'Seen' };

		expect(refusalOf(upload(split))).toBeUndefined();
		expect(refusalOf(upload({ ...split, afterwards }))).toMatchObject({
			message: '“gas.txt” became no document of its own',
			description: 'Barcode splitting complete! Not set: owner, note.',
		});
	});

	it.each<[string, Partial<Upload>]>([
		['a new document', {}],
		[
			'a duplicate that may be returned',
			{ consumption: duplicate, options: { onDuplicate: 'returnExisting' } },
		],
		['a reason that may be returned', { consumption: failed, options: { onFailure: 'return' } }],
		['a document that is pending', { consumption: { status: 'pending' } }],
	])('that yields %s is not rejected', (_, changes) => {
		expect(refusalOf(upload(changes))).toBeUndefined();
	});

	describe('whose consumption cannot be watched', () => {
		const interruption = new PaperlessError('forbidden', 'No.', { description: 'Ask an admin.' });
		const pending = { consumption: { status: 'pending' }, interruption } as const;

		it('is not rejected if nothing is left to set', () => {
			expect(refusalOf(upload(pending))).toBeUndefined();
		});

		it('is rejected if a field is left to set, with what was done', () => {
			const afterwards = { changes: {}, note: 'Seen' };

			expect(refusalOf(upload({ ...pending, afterwards }))).toMatchObject({
				description:
					'Ask an admin. “gas.txt” was sent (task t1); its outcome is unknown. Perhaps not set: note.',
			});
		});
	});
});
