import type { UserDraft } from '../../../api/schemas/user';
import { isSameSet } from '../../../api/requireAsAsked';
import { namer } from '../../../documents/output/namer';
import { namesOrIds } from '../../../toolkit/parameterBuilders';
import { toReferences } from '../../../toolkit/references';
import { clearedFrom, clearParameter } from '../capabilities/clearParameter';
import type { Editable } from '../capabilities/editable';
import { defineFields } from '../capabilities/editable';
import { nameFilters } from '../capabilities/listFilters';
import { modelPermissions } from '../shared/modelPermissions';
import { passwordFrom } from '../shared/passwordFrom';

const clearable = {
	email: { label: 'Email', empty: '' },
	firstName: { label: 'First Name', field: 'first_name', empty: '' },
	groups: { label: 'Groups', empty: [] },
	lastName: { label: 'Last Name', field: 'last_name', empty: '' },
	userPermissions: {
		label: 'Permissions',
		description: 'Permissions of groups stay',
		field: 'user_permissions',
		empty: [],
	},
} as const;

export const users: Editable<'user', UserDraft> = {
	kind: 'user',
	noun: 'user',
	plural: 'users',
	picker: 'searchUsers',
	example: 'clara',
	nameDescription: 'Name to log in with: letters, digits and any of @ . + - _',
	collection: (api) => api.users,
	technical: [
		'date_joined',
		'inherited_permissions',
		'is_mfa_enabled',
		'user_permissions',
		'username',
	],
	async clarify(rows, context) {
		const nameOf = await namer(
			context,
			'group',
			rows.flatMap(({ groups = [] }) => groups),
		);
		return ({ groups = [] }) => ({ groups: groups.map(nameOf) });
	},
	filters: nameFilters('clara', 'username'),
	newDraft: (draft) => draft,
	hidden: ['password'],
	sameness: { groups: isSameSet, user_permissions: isSameSet },
	additionalFields: defineFields(
		[
			{
				displayName: 'Active',
				name: 'isActive',
				type: 'boolean',
				default: true,
				description:
					'Whether the user can log in and use tokens. Switch it off instead of deleting a user who owns documents.',
			},
			{
				displayName: 'Admin',
				name: 'isStaff',
				type: 'boolean',
				default: false,
				description: 'Whether the user may see the logs, the status and the pages of Django',
			},
			clearParameter(clearable),
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. clara@example.com',
			},
			{
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Clara',
			},
			namesOrIds('Group Names or IDs', 'groups', 'getGroups'),
			{
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Schumann',
			},
			{
				displayName: 'Password',
				name: 'password',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				placeholder: 'e.g. a long password',
				description:
					'Without a password, a new user cannot log in. It is never part of the output.',
			},
			modelPermissions('userPermissions'),
			{
				displayName: 'Superuser',
				name: 'isSuperuser',
				type: 'boolean',
				default: false,
				description: 'Whether the user may do everything; only a superuser may change this',
			},
		],
		async ({ names }, values): Promise<UserDraft> => {
			const { clear = [], email = '', firstName = '', lastName = '' } = values;
			const { isActive, isStaff, isSuperuser, userPermissions = [] } = values;
			const references = toReferences(values.groups, 'Group Names or IDs');
			const set: UserDraft = {
				...(email.trim() !== '' && { email: email.trim() }),
				...(firstName.trim() !== '' && { first_name: firstName.trim() }),
				...(lastName.trim() !== '' && { last_name: lastName.trim() }),
				...passwordFrom(values.password),
				...(isActive !== undefined && { is_active: isActive }),
				...(isStaff !== undefined && { is_staff: isStaff }),
				...(isSuperuser !== undefined && { is_superuser: isSuperuser }),
				...(references.length > 0 && { groups: await names.ids('group', references, 'groups') }),
				...(userPermissions.length > 0 && { user_permissions: [...new Set(userPermissions)] }),
			};
			return { ...set, ...clearedFrom(clearable, clear, set) };
		},
	),
};
