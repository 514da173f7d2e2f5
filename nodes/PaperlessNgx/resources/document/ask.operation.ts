import { characterCount } from '../../../api/characterCount';
import { PaperlessError } from '../../../api/errors';
import { documentId, documentParameter } from '../../../documents/documentParameter';
import { defineOperation } from '../../../toolkit/operation';
import { silentAi } from './silentAi';

const longestQuestion = 4000;

/** The server reports a model that fails within the answer (docs/paperless-api.md#ai-answers). */
const brokenOff = 'Sorry, something went wrong while generating a response.';

export const ask = defineOperation({
	value: 'ask',
	name: 'Ask',
	action: 'Ask about documents',
	description: 'Let the server’s AI answer a question about one document or the whole archive',
	access: 'read',
	needs: 'aiFeatures',
	parameters: [
		{
			displayName: 'Question',
			name: 'question',
			type: 'string',
			typeOptions: { rows: 2 },
			required: true,
			default: '',
			placeholder: 'e.g. When does the lease end?',
		},
		{
			displayName: 'About',
			name: 'about',
			type: 'options',
			options: [
				{ name: 'All Documents', value: 'all' },
				{ name: 'One Document', value: 'one' },
			],
			default: 'all',
		},
		{ ...documentParameter, displayOptions: { show: { about: ['one'] } } },
	],
	async execute({ api }, { question, about, document }) {
		const text = question.trim();
		const length = characterCount(text);
		if (text === '' || length > longestQuestion) {
			throw new PaperlessError(
				'invalid',
				text === '' ? '“Question” is empty' : `“Question” has ${length} characters`,
				{
					description: `Paperless-ngx accepts 1 to ${longestQuestion}.`,
					parameter: 'question',
				},
			);
		}
		const id = about === 'one' ? await documentId(api, document) : undefined;
		const { answer, references } = await api.documents.ask(text, id);
		if (answer.endsWith(brokenOff)) throw silentAi(`It answered: ${answer}`);
		return [{ json: { question: text, document: id ?? null, answer, references } }];
	},
});
