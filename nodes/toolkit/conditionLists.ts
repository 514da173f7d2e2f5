import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { CustomField } from '../api/schemas/named';
import { optionsOf, rowsOf } from './optionsOf';
import { selectChoices, sharedList, withClient } from './pickers';
import type { CustomFieldOperator } from '../api/customFieldOperators';
import { customFieldOperators } from '../api/customFieldOperators';

/** The field of the condition that the panel asks for; undefined where an expression names it. */
async function chosenField(context: ILoadOptionsFunctions): Promise<CustomField | undefined> {
	const chosen = context.getCurrentNodeParameter('&field');
	const [found] = await withClient(context, async (client, route) =>
		(await sharedList(client.customFields, route)).filter(
			({ id, name }) => id === chosen || name === chosen,
		),
	);
	return found;
}

/** Lists of the panel that follow the field of a condition on custom fields. */
export const conditionLists = {
	async getCustomFieldOperators(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const field = await chosenField(this);
		const offered = rowsOf<string, CustomFieldOperator>(customFieldOperators).filter(
			([, { types }]) => field === undefined || types.includes(field.data_type),
		);
		return optionsOf(Object.fromEntries(offered));
	},

	async getSelectOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const field = await chosenField(this);
		return field ? selectChoices(field) : [];
	},
};
