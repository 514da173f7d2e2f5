import type { Resource } from '../../../toolkit/operation';
import { getMany } from '../capabilities/getMany';
import { del } from './delete.operation';
import { processedMails } from './processedMails';

export const processedMail: Resource = {
	value: 'processedMail',
	name: 'Processed Mail',
	operations: [del, getMany(processedMails)],
};
