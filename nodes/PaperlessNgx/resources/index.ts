import type { Resource } from '../../toolkit/operation';
import { apiCall } from './apiCall';
import { correspondent } from './correspondent';
import { customField } from './customField';
import { document } from './document';
import { documentBulk } from './documentBulk';
import { documentType } from './documentType';
import { documentVersion } from './documentVersion';
import { group } from './group';
import { mailAccount } from './mailAccount';
import { mailRule } from './mailRule';
import { note } from './note';
import { pdf } from './pdf';
import { processedMail } from './processedMail';
import { savedView } from './savedView';
import { search } from './search';
import { shareLink } from './shareLink';
import { shareLinkBundle } from './shareLinkBundle';
import { storagePath } from './storagePath';
import { system } from './system';
import { tag } from './tag';
import { task } from './task';
import { trash } from './trash';
import { user } from './user';
import { workflow } from './workflow';

export const resources: readonly Resource[] = [
	document,
	apiCall,
	correspondent,
	customField,
	documentBulk,
	documentType,
	documentVersion,
	group,
	mailAccount,
	mailRule,
	note,
	pdf,
	processedMail,
	savedView,
	search,
	shareLink,
	shareLinkBundle,
	storagePath,
	system,
	tag,
	task,
	trash,
	user,
	workflow,
];
