import { PaperlessError } from '../../../api/errors';
import { oneOf } from '../../../toolkit/parameterBuilders';
import type { Resource } from '../../../toolkit/operation';
import { toReference } from '../../../toolkit/references';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import type { Entity } from '../capabilities/entity';
import { defineFields } from '../capabilities/entity';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
import { matchingFrom, matchingParameters } from '../shared/matching';
import { del } from './delete.operation';

const [isInsensitive, match, matchingAlgorithm, owner] = matchingParameters;

const tags: Entity = {
	kind: 'tag',
	type: 'tags',
	noun: 'tag',
	plural: 'tags',
	picker: 'searchTags',
	collection: (api) => api.tags,
	fields: defineFields(
		[
			isInsensitive,
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
			match,
			matchingAlgorithm,
			owner,
			{
				...oneOf('Parent', 'parent', 'searchTags', 'Archive / 2024'),
				description: 'The tag under which this one stands; needs Paperless-ngx 2.19 or later',
			},
		],
		async (context, values) => {
			const { color, isInboxTag, parent } = values;
			if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(String(color))) {
				throw new PaperlessError('invalid', '“Color” is not a colour that Paperless-ngx takes', {
					description: `It is “${String(color)}”. Write it with six digits, e.g. #a6cee3.`,
					parameter: 'color',
				});
			}
			if (parent) (await context.api.server()).require('nestedTags');
			return {
				...(await matchingFrom(context, values)),
				...(color !== undefined && { color: String(color) }),
				...(isInboxTag !== undefined && { is_inbox_tag: isInboxTag }),
				...(parent && {
					parent: await context.names.id('tag', toReference(parent, 'Parent'), 'parent'),
				}),
			};
		},
	),
};

export const tag: Resource = {
	value: 'tag',
	name: 'Tag',
	operations: [
		create(tags),
		createOrUpdate(tags),
		del(tags),
		get(tags),
		getMany(tags),
		setPermissions(tags),
		update(tags),
	],
};
