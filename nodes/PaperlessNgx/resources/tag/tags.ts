import { PaperlessError } from '../../../api/errors';
import { oneOf } from '../../../toolkit/parameterBuilders';
import { toReference } from '../../../toolkit/references';
import { defineFields } from '../capabilities/editable';
import { matching } from '../capabilities/matching';
import { matchingFrom, matchingParameters } from '../capabilities/matchingFields';
import { without } from '../capabilities/without';

function colorFrom(text: string): string {
	if (/^#[0-9a-f]{6}$/i.test(text)) return text;
	throw new PaperlessError('invalid', '“Color” is not a valid color', {
		description: `Received “${text}”. Write it with six digits, e.g. #a6cee3.`,
		parameter: 'color',
	});
}

export const tags = matching({
	kind: 'tag',
	type: 'tags',
	noun: 'tag',
	plural: 'tags',
	picker: 'searchTags',
	example: 'Invoice',
	collection: (api) => api.tags,
	// The same list holds the children as separate tags.
	present: without('children'),
	additionalFields: defineFields(
		[
			...matchingParameters,
			{
				displayName: 'Color',
				name: 'color',
				type: 'color',
				default: '#a6cee3',
				description: 'As #rrggbb',
			},
			{
				displayName: 'Inbox Tag',
				name: 'isInboxTag',
				type: 'boolean',
				default: false,
				description:
					'Whether new documents get this tag, and documents that have it are in the inbox',
			},
			{
				...oneOf('Parent', 'parent', 'searchTags', 'Archive / 2024'),
				description: 'The tag above this one; needs Paperless-ngx 2.19 or later',
			},
		],
		async (context, { color, isInboxTag, parent, ...matchingValues }) => {
			if (parent) await context.api.require('nestedTags');
			return {
				...(await matchingFrom(context, matchingValues)),
				...(color !== undefined && { color: colorFrom(String(color)) }),
				...(isInboxTag !== undefined && { is_inbox_tag: isInboxTag }),
				...(parent && {
					parent: await context.names.id('tag', toReference(parent, 'Parent'), 'parent'),
				}),
			};
		},
	),
});
