import type { Resource } from '../../../toolkit/operation';
import { deletePages, editPages, merge, removePassword, rotate, split } from './operations';

export const pdf: Resource = {
	value: 'pdf',
	name: 'PDF',
	operations: [deletePages, editPages, merge, removePassword, rotate, split],
};
