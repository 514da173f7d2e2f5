import { createIfMissing, tagIds } from '../../../documents/documentFields';
import { creationFrom, ownerOfCreated } from '../../../documents/ownerOfCreated';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import { bulkOperation } from './bulkOperation';
import { nothingToChange } from './nothingToChange';

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
		ownerOfCreated,
	],
	async editsOf(context, { addTags, removeTags, ...values }, ids) {
		const create = creationFrom(values);
		const add = await tagIds(context, addTags, addLabel, create, 'addTags');
		const remove = await tagIds(context, removeTags, removeLabel, false, 'removeTags');
		if (add.length === 0 && remove.length === 0) throw nothingToChange();
		const parameters = { add_tags: add, remove_tags: remove.filter((id) => !add.includes(id)) };
		return [{ ids, edit: { method: 'modify_tags', parameters } }];
	},
});
