import { isSameSet } from '../../../api/requireAsAsked';
import type { GroupDraft } from '../../../api/schemas/group';
import { clearedFrom, clearParameter } from '../capabilities/clearParameter';
import type { Editable } from '../capabilities/editable';
import { defineFields } from '../capabilities/editable';
import { nameFilters } from '../capabilities/listFilters';
import { modelPermissions } from '../shared/modelPermissions';

const clearable = { permissions: { label: 'Permissions', empty: [] } } as const;

export const groups: Editable<'group', GroupDraft> = {
	kind: 'group',
	noun: 'group',
	plural: 'groups',
	picker: 'searchGroups',
	example: 'family',
	collection: (api) => api.groups,
	filters: nameFilters('family'),
	// The server requires the list.
	newDraft: (draft) => ({ permissions: [], ...draft }),
	sameness: { permissions: isSameSet },
	additionalFields: defineFields(
		[clearParameter(clearable), modelPermissions('permissions')],
		(_context, { clear = [], permissions = [] }): GroupDraft => {
			const set = permissions.length > 0 ? { permissions: [...new Set(permissions)] } : {};
			return { ...set, ...clearedFrom(clearable, clear, set) };
		},
	),
};
