import { PaperlessError } from '../../api/errors';
import type { Context, Json } from '../../toolkit/operation';
import { readableValue } from '../encodeCustomFields';
import { namer } from '../output/namer';
import type { Shortfall } from './shortfallsOf';

const related = {
	correspondent: 'correspondent',
	document_type: 'documentType',
	owner: 'user',
	storage_path: 'storagePath',
} as const;

const quoted = (value: unknown): string =>
	value === null || value === undefined || value === ''
		? 'empty'
		: typeof value === 'string'
			? `“${value}”`
			: JSON.stringify(value);

async function words(context: Context, shortfall: Shortfall): Promise<string> {
	switch (shortfall.subject) {
		case 'content':
			return 'content is another text';
		case 'permissions':
			return 'permissions are others';
		case 'notes':
			return 'the note is missing';
		case 'tags': {
			const { missing, left } = shortfall;
			const nameOf = await namer(context, 'tag', [...missing, ...left]);
			return [
				...missing.map((id) => `tag ${quoted(nameOf(id))} is missing`),
				...left.map((id) => `tag ${quoted(nameOf(id))} is still there`),
			].join(', ');
		}
		case 'custom_fields': {
			const definitions = await context.names.known('customField');
			const field = definitions.find(({ id }) => id === shortfall.field);
			const value = field ? readableValue(field, shortfall.found) : shortfall.found;
			const name = quoted(field?.name ?? shortfall.field);
			return shortfall.isNotLinkedBack
				? `custom field ${name} is not linked back`
				: `custom field ${name} is ${quoted(value)}`;
		}
		default: {
			const { subject, found } = shortfall;
			const nameOf =
				subject in related
					? await namer(context, related[subject as keyof typeof related], [found])
					: (value: unknown) => value;
			return `${subject} is ${quoted(nameOf(found))}`;
		}
	}
}

const outcomes = {
	change: 'made another one, or none',
	upload: 'stored something else',
} as const;

/** The error of a document that is not as asked, with what is there instead. */
export async function describeShortfalls(
	context: Context,
	id: number,
	shortfalls: readonly Shortfall[],
	request: 'change' | 'upload' = 'change',
): Promise<PaperlessError> {
	const found = await Promise.all(shortfalls.map((shortfall) => words(context, shortfall)));
	return new PaperlessError(
		'unavailable',
		`Document ${id} is not as it was asked for: ${found.join(', ')}`,
		{
			description: `Paperless-ngx accepted the ${request} but ${outcomes[request]}. Its log may contain the reason.`,
		},
	);
}

/** The fields that changed although the item did not get all that it asked for. */
export const changedSubjects = (changes: Json): string =>
	Object.keys(changes).length > 0 ? `Already changed: ${Object.keys(changes).join(', ')}.` : '';
