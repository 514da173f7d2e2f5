import type { Resource } from '../../../toolkit/operation';
import { deletePages } from './deletePages.operation';
import { editPages } from './editPages.operation';
import { merge } from './merge.operation';
import { removePassword } from './removePassword.operation';
import { rotate } from './rotate.operation';
import { split } from './split.operation';

export const pdf: Resource = {
	value: 'pdf',
	name: 'PDF',
	operations: [deletePages, editPages, merge, removePassword, rotate, split],
};
