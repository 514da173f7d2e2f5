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

const documentTypes: Entity = {
	kind: 'documentType',
	type: 'document_types',
	noun: 'document type',
	plural: 'document types',
	picker: 'searchDocumentTypes',
	collection: (api) => api.documentTypes,
	fields: defineFields(matchingParameters, matchingFrom),
};

export const documentType: Resource = {
	value: 'documentType',
	name: 'Document Type',
	operations: [
		create(documentTypes),
		createOrUpdate(documentTypes),
		del(documentTypes),
		get(documentTypes),
		getMany(documentTypes),
		setPermissions(documentTypes),
		update(documentTypes),
	],
};
