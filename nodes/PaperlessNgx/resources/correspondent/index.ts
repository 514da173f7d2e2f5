import type { Resource } from '../../../toolkit/operation';
import { create } from '../capabilities/create';
import { createOrUpdate } from '../capabilities/createOrUpdate';
import { deleteTogether } from '../capabilities/deleteTogether';
import { get } from '../capabilities/get';
import { getMany } from '../capabilities/getMany';
import { setPermissions } from '../capabilities/setPermissions';
import { update } from '../capabilities/update';
import { correspondents } from './correspondents';

export const correspondent: Resource = {
	value: 'correspondent',
	name: 'Correspondent',
	operations: [
		create(correspondents),
		createOrUpdate(correspondents),
		deleteTogether(correspondents),
		get(correspondents),
		getMany(correspondents),
		setPermissions(correspondents),
		update(correspondents),
	],
};
