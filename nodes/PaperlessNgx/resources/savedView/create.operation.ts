import { filtersParameter } from '../../../documents/filters/filtersParameter';
import { defineOperation } from '../../../toolkit/operation';
import { nameParameter, trimmedName } from '../capabilities/nameParameter';
import { outputOf } from '../capabilities/readable';
import { writeNew } from '../capabilities/writeFields';
import { rulesFrom } from './rulesFrom';
import { savedViews } from './savedViews';
import { draftFrom, viewParameters } from './viewParameters';

export const create = defineOperation({
	value: 'create',
	name: 'Create',
	action: 'Create saved view',
	description: 'Create a new saved view from filters',
	access: 'write',
	parameters: [nameParameter(savedViews), filtersParameter, ...viewParameters],
	target: () => 'all',
	async execute(context, { name, filters, ...values }) {
		const draft = {
			...(await draftFrom(context, values)),
			filter_rules: await rulesFrom(context, filters),
		};
		const created = await writeNew(context, savedViews, trimmedName(name), draft);
		return await outputOf(context, savedViews, created, values);
	},
});
