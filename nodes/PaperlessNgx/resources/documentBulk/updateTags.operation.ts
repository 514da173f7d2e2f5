import { createIfMissing, resolverFor, tagIds } from '../../../documents/documentFields';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import { bulkOperation } from './bulkOperation';

const addLabel = 'Add Tag Names or IDs';
const removeLabel = 'Remove Tag Names or IDs';

export const updateTags = bulkOperation({
	value: 'updateTags',
	name: 'Update Tags',
	action: 'Update tags of documents',
	description: 'Add tags to documents and remove others from them',
	parameters: [
		namesOrIds(addLabel, 'addTags', 'getTags'),
		namesOrIds(removeLabel, 'removeTags', 'getTags'),
		createIfMissing,
	],
	async intentOf(context, { addTags, removeTags, createIfMissing: create }, names) {
		const existing = resolverFor(context, false);
		const resolve = create ? names.resolve : existing;
		const add = await tagIds(addTags, addLabel, 'addTags', resolve);
		const remove = await tagIds(removeTags, removeLabel, 'removeTags', existing);
		return { tags: { add, remove } };
	},
});
