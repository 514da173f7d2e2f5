import { PaperlessError } from '../../../api/errors';
import { pathOf } from '../../../api/tagPaths';
import { oneOrNew } from '../../../toolkit/parameterBuilders';
import { optionalReference } from '../../../toolkit/references';
import { defineFields } from '../capabilities/editable';
import { matching } from '../capabilities/matching';
import {
	matchingFrom,
	matchingParameters,
	tagClearParameter,
} from '../capabilities/matchingFields';
import { withoutKey } from '../capabilities/withoutKey';

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
	nameDescription:
		'At most 128 characters. From Paperless-ngx 2.19 on, “Archive / 2024” is the tag “2024” under “Archive”, which is created if it is missing.',
	collection: (api) => api.tags,
	// The same list holds the children as separate tags.
	present: withoutKey('children'),
	technical: ['parent'],
	async clarify(rows, { names }) {
		const isNested = rows.some(({ parent }) => typeof parent === 'number');
		const tree = new Map((isNested ? await names.all('tag') : rows).map((tag) => [tag.id, tag]));
		return (tag) => ({ path: pathOf(tree, tag) });
	},
	additionalFields: defineFields(
		[
			...matchingParameters,
			tagClearParameter,
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
				...oneOrNew('Parent', 'parent', 'searchTags', 'Archive / 2024'),
				description: 'The tag above this one; needs Paperless-ngx 2.19 or later',
			},
		],
		async (context, { color, isInboxTag, parent: locator, ...matchingValues }) => {
			const parent = optionalReference(locator, 'Parent');
			const isNested = parent !== undefined || matchingValues.clear?.includes('parent');
			if (isNested) await context.api.require('nestedTags');
			const text = String(color ?? '').trim();
			return await matchingFrom(context, matchingValues, {
				...(text !== '' && { color: colorFrom(text) }),
				...(isInboxTag !== undefined && { is_inbox_tag: isInboxTag }),
				...(parent !== undefined && {
					parent: (await context.names.find('tag', parent, 'parent')).id,
				}),
			});
		},
	),
});
