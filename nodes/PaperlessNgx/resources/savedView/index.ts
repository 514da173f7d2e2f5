import type { Resource } from '../../../toolkit/operation';
import { del } from '../capabilities/delete';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { create } from './create.operation';
import { getDocuments } from './getDocuments.operation';
import { savedViews } from './savedViews';
import { update } from './update.operation';

export const savedView: Resource = {
	value: 'savedView',
	name: 'Saved View',
	operations: [
		create,
		del(
			savedViews,
			'Delete a saved view permanently; its documents stay as they are',
			'It disappears for everybody who sees it.',
		),
		get(savedViews),
		getDocuments,
		getMany(savedViews),
		update,
	],
};
