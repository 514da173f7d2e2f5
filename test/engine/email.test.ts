import type { Engine } from '../support/engine.mts';
import { byId, engineFor, refusal, results, run, textFile } from '../support/paperless.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

describe.each(profiles)('e-mails on Paperless-ngx %s', (profile) => {
	let sandbox: Sandbox;
	let engine: Engine;
	let ids: number[];
	const mail = { to: 'ann@example.com', subject: 'Papers', message: 'Here they are' };

	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => {
		await sandbox.reset();
		await sandbox.settings({ consumptionSeconds: 0 });
		ids = (await results(engine, 'getAll', { limit: 3 })).map(({ id }) => Number(id));
	});

	const checksumOf = async (id: unknown, version?: unknown) => {
		const query = version === undefined ? '' : `?version=${String(version)}`;
		const metadata = await sandbox.api('GET', `documents/${String(id)}/metadata/${query}`);
		return metadata.original_checksum;
	};
	const sent = async () =>
		(await sandbox.mails()).flatMap(({ attachments }) =>
			attachments.map(({ checksum }) => checksum),
		);

	if (profile === '3.0.5') {
		describe('of a document with versions', () => {
			let newest: unknown;
			let middle: unknown;
			let id: number;

			beforeEach(async () => {
				[id = 0] = ids;
				const asked = { resource: 'documentVersion', document: byId(id) };
				const upload = async (text: string) => {
					const items = [await textFile(engine, text, `${text}.txt`)];
					return (await results(engine, 'upload', asked, { items }))[0]?.version;
				};
				middle = await upload('Signed');
				newest = await upload('Countersigned');
			});

			it('carry the newest file and name document and version', async () => {
				const [json] = await results(engine, 'email', {
					...mail,
					documentIds: `${id}, ${ids[1]}`,
					attachOriginals: true,
				});

				expect(json).toMatchObject({ documents: [id, ids[1]], versions: [newest, ids[1]] });
				expect(await sent()).toEqual([await checksumOf(id), await checksumOf(ids[1])]);
			});

			it('carry the original or a chosen version where that is asked for', async () => {
				const asked = { ...mail, documentIds: String(id), attachOriginals: true };

				await results(engine, 'email', { ...asked, version: 'original' });
				await results(engine, 'email', { ...asked, version: 'id', versionIds: [middle] });

				expect(await sent()).toEqual([await checksumOf(id, id), await checksumOf(id, middle)]);
			});

			it('are not sent with a version of another document, or with two of one', async () => {
				const asked = { ...mail, documentIds: String(ids[1]), version: 'id' };

				const other = await refusal(engine, 'email', { ...asked, versionIds: String(middle) });
				const both = await refusal(engine, 'email', {
					...asked,
					documentIds: String(id),
					versionIds: [middle, newest],
				});

				expect(other.message).toBe(
					`“Version IDs”: ${String(middle)} is not a version of the document`,
				);
				expect(other.description).toBe(`The versions: ${ids[1]} (document ${ids[1]}).`);
				expect(both.message).toContain(`Document ${id} can only be sent in one version`);
				expect(await sent()).toEqual([]);
			});

			it('that only the owner may send say so to others', async () => {
				const { results: users } = await sandbox.api<{ results: Array<{ id: number }> }>(
					'GET',
					'users/?username__iexact=reader',
				);
				const granted = { users: users.map((user) => user.id), groups: [] };
				await sandbox.api('PATCH', `documents/${id}/`, { set_permissions: { view: granted } });
				const reader = engineFor(sandbox, 'reader');

				const refused = await refusal(reader, 'email', { ...mail, documentIds: String(id) });
				await results(reader, 'email', { ...mail, documentIds: String(id), version: 'original' });

				expect(refused.description).toContain(
					`${String(newest)} is a later version of its document, which this server may let only the owner send.`,
				);
				expect(await sent()).toHaveLength(1);
			});

			it('are not sent for the ID of a version', async () => {
				const refused = await refusal(engine, 'email', { ...mail, documentIds: String(middle) });

				expect(refused.message).toContain(`There is no document ${String(middle)}`);
				expect(refused.message).toContain(`is now a version of ${id}`);
				expect(await sent()).toEqual([]);
			});
		});
	} else {
		it('are not sent by the ID of a version', async () => {
			const refused = await refusal(engine, 'email', {
				...mail,
				documentIds: String(ids[0]),
				version: 'id',
				versionIds: '7',
			});

			expect(refused.message).toContain('A document version needs Paperless-ngx 3.0 or later');
			expect(await sent()).toEqual([]);
		});
	}

	if (profile === '2.15.3') {
		it('that fail for a later document name the documents that were sent', async () => {
			await sandbox.misbehave({
				path: `/api/documents/${ids[1]}/email/$`,
				kind: 'status',
				status: 500,
				body: 'Error emailing document, check logs for more detail.',
			});

			const refused = await refusal(engine, 'email', { ...mail, documentIds: ids.join(',') });

			expect(refused.message).toBe(`Document ${ids[1]} was not sent`);
			expect(refused.description).toContain(`Already sent: ${ids[0]}.`);
			expect(refused.description).toContain('Error emailing document');
			expect(await sent()).toHaveLength(1);
		});
	}

	it('with an unknown document send nothing, not even the others', async () => {
		const { error } = await run(engine, 'email', { ...mail, documentIds: `${ids[0]}, 99999` });

		expect(error?.message).toContain('There is no document 99999');
		expect(await sent()).toEqual([]);
	});
});
