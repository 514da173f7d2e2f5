import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { del } from '../capabilities/delete';
import type { Entity } from '../capabilities/entity';
import { defineFields } from '../capabilities/entity';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
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
