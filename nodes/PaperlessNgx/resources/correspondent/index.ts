import type { Resource } from '../../../toolkit/operation';
import { create } from '../crud/create';
import { createOrUpdate } from '../crud/createOrUpdate';
import { del } from '../crud/delete';
import type { Entity } from '../crud/entity';
import { defineFields } from '../crud/entity';
import { get } from '../crud/get';
import { getMany } from '../crud/getMany';
import { setPermissions } from '../crud/setPermissions';
import { update } from '../crud/update';
import { matchingFrom, matchingParameters } from '../shared/matching';

const correspondents: Entity = {
	kind: 'correspondent',
	type: 'correspondents',
	noun: 'correspondent',
	plural: 'correspondents',
	picker: 'searchCorrespondents',
	collection: (api) => api.correspondents,
	fields: defineFields(matchingParameters, matchingFrom),
	filters: [
		{
			displayName: 'Include Last Correspondence',
			name: 'lastCorrespondence',
			type: 'boolean',
			default: true,
			description: 'Whether to include the date of the latest document of each correspondent',
		},
	],
	// The server judges this flag by its presence: “false” would switch it on (trap 38).
	filterQuery: ({ lastCorrespondence }) =>
		lastCorrespondence === true ? { last_correspondence: 'true' } : {},
};

export const correspondent: Resource = {
	value: 'correspondent',
	name: 'Correspondent',
	operations: [
		create(correspondents),
		createOrUpdate(correspondents),
		del(correspondents),
		get(correspondents),
		getMany(correspondents),
		setPermissions(correspondents),
		update(correspondents),
	],
};
