import { createIfMissing, tagIds } from '../../../documents/documentFields';
import { creationFrom, ownerOfCreated } from '../../../documents/ownerOfCreated';
import { namesOrIds, optionsParameter } from '../../../toolkit/parameterBuilders';
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
		optionsParameter([createIfMissing, ownerOfCreated]),
	],
	async intentOf(_context, { addTags, removeTags, options }, names) {
		const resolve = names.resolver(creationFrom(options));
		const add = await tagIds(addTags, addLabel, 'addTags', resolve);
		const remove = await tagIds(removeTags, removeLabel, 'removeTags', names.resolver(false));
		return { tags: { add, remove } };
	},
});
