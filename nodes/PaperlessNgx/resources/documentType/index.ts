import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { deleteTogether } from '../capabilities/deleteTogether';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
import { documentTypes } from './documentTypes';

export const documentType: Resource = {
	value: 'documentType',
	name: 'Document Type',
	operations: [
		create(documentTypes),
		createOrUpdate(documentTypes),
		deleteTogether(documentTypes),
		get(documentTypes),
		getMany(documentTypes),
		setPermissions(documentTypes),
		update(documentTypes),
	],
};
