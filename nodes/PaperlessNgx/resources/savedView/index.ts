import type { Resource } from '../../../toolkit/operation';
import { create, del, get, getDocuments, getMany, update } from './operations';

export const savedView: Resource = {
	value: 'savedView',
	name: 'Saved View',
	operations: [create, del, get, getDocuments, getMany, update],
};
