import type { Credential } from '../../scripts/n8n/rest.mts';
import { World } from './support/world.mts';

describe('the credential in n8n', () => {
	let world: World;
	let credential: Credential;

	beforeAll(async () => {
		world = await World.open();
		credential = await world.credential();
	});
	afterAll(async () => await world.close());

	const test = async (data: Record<string, unknown>) =>
		await world.n8n.testCredential({ ...credential, data: { ...credential.data, ...data } });

	it('is tested against the server and names the version found', async () => {
		expect(await test({})).toEqual({
			status: 'OK',
			message: expect.stringMatching(/Paperless-ngx \d+\.\d+\.\d+/),
		});
	});

	it('tells a wrong token from a wrong address and from a server that is not there', async () => {
		const wrongToken = await test({ apiToken: 'f'.repeat(40) });
		const wrongAddress = await test({ baseUrl: `${world.shared.n8n.url}/somewhere` });
		const nobodyThere = await test({ baseUrl: 'http://127.0.0.1:9' });

		expect([wrongToken.status, wrongAddress.status, nobodyThere.status]).toEqual(
			Array(3).fill('Error'),
		);
		expect(wrongToken.message).toMatch(/token/i);
		expect(wrongAddress.message).toMatch(/Base URL/);
		expect(nobodyThere.message).toMatch(/does not answer/);
		expect(new Set([wrongToken.message, wrongAddress.message, nobodyThere.message]).size).toBe(3);
	});

	it('takes an address with a slash at its end or with /api', async () => {
		const { url } = world.shared.paperless;

		const answers = [await test({ baseUrl: `${url}/` }), await test({ baseUrl: `${url}/api/` })];

		expect(answers.map(({ status }) => status)).toEqual(['OK', 'OK']);
	});

	it('never gives the token back to the browser', async () => {
		const saved = await world.n8n.get<object>(`rest/credentials/${credential.id}?includeData=true`);

		expect(saved).toMatchObject({ data: { data: { baseUrl: world.shared.paperless.url } } });
		expect(JSON.stringify(saved)).not.toContain(world.shared.paperless.token);
	});
});
