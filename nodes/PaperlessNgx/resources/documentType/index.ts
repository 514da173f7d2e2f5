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
