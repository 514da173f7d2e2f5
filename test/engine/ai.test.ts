import { byId, refusal, results } from '../support/paperless.mts';
import { useSandbox } from '../support/useSandbox.mts';

describe('the AI of Paperless-ngx 3.0.5', () => {
	const { sandbox, engine } = useSandbox('3.0.5');
	let id: unknown;

	beforeAll(async () => {
		[{ id } = { id: 0 }] = await results(engine, 'getAll', { limit: 1 });
	});
	beforeEach(async () => {
		await sandbox.behave();
		await sandbox.forgetRequests();
	});

	const asked = async (path: string) =>
		(await sandbox.requests()).filter((request) => request.path.endsWith(path)).length;

	const page = { contentType: 'text/html', body: '<html><h1>Server Error</h1></html>' };
	const words = (text: string) => ({ body: { ai: [text] } });

	it.each([
		['503 in words', { status: 503, ...words('AI backend request timed out.') }, 'timed out'],
		['502 in words', { status: 502, ...words('AI backend rejected it.') }, 'rejected it'],
		['500 without words', { status: 500, ...page }, 'status 500'],
		['504 of a proxy', { status: 504, ...page }, 'status 504'],
	])('is asked for suggestions once, also after %s', async (_, fault, reason) => {
		await sandbox.misbehave({ path: 'ai_suggestions/$', times: 9, kind: 'status', ...fault });

		const refused = await refusal(engine, 'getAiSuggestions', { document: byId(id) });

		expect(refused.message).toBe('The AI of the server did not answer');
		expect(refused.description).toContain(reason);
		expect(await asked('/ai_suggestions/')).toBe(1);
	});

	it('is asked for suggestions once where the connection breaks off', async () => {
		await sandbox.misbehave({ path: 'ai_suggestions/$', times: 9, kind: 'drop' });

		const refused = await refusal(engine, 'getAiSuggestions', { document: byId(id) });

		expect(refused.message).toBe('The AI of the server did not answer');
		expect(await asked('/ai_suggestions/')).toBe(1);
	});

	it('that is switched off is reported in the words of the server', async () => {
		const refused = await refusal(engine, 'getAiSuggestions', { document: byId(id) });

		expect(refused.message).toBe('AI is required for this feature');
	});

	it.each(['', 'The lease ends in '])(
		'that breaks off after “%s” has not answered the question',
		async (beginning) => {
			const body = `${beginning}Sorry, something went wrong while generating a response.`;
			await sandbox.misbehave({
				path: 'chat/$',
				kind: 'status',
				status: 200,
				contentType: 'text/event-stream',
				body,
			});

			const refused = await refusal(engine, 'ask', { question: 'When does the lease end?' });

			expect(refused.message).toBe('The AI of the server did not answer');
			expect(refused.description).toContain(body);
		},
	);

	it('that finds nothing has answered the question', async () => {
		const body = 'Sorry, I couldn’t find any content to answer your question.';
		const contentType = 'text/event-stream';
		await sandbox.misbehave({ path: 'chat/$', kind: 'status', status: 200, contentType, body });

		const [json] = await results(engine, 'ask', { question: 'When does the lease end?' });

		expect(json?.answer).toBe(body);
	});
});
