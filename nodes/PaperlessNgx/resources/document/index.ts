import type { Resource } from '../../../toolkit/operation';
import { ask } from './ask.operation';
import { claimNext } from './claimNext/claimNext.operation';
import { del } from './delete.operation';
import { download } from './download.operation';
import { downloadMany } from './downloadMany.operation';
import { email } from './email.operation';
import { get } from './get.operation';
import { getAiSuggestions } from './getAiSuggestions.operation';
import { getHistory } from './getHistory.operation';
import { getMany } from './getMany/getMany.operation';
import { getMetadata } from './getMetadata.operation';
import { getNextAsn } from './getNextAsn.operation';
import { getSelectionStatistics } from './getSelectionStatistics.operation';
import { getSimilar } from './getSimilar.operation';
import { getSuggestions } from './getSuggestions.operation';
import { update } from './update/update.operation';
import { upload } from './upload/upload.operation';
import { upsert } from './upsert/upsert.operation';

export const document: Resource = {
	value: 'document',
	name: 'Document',
	operations: [
		upload,
		ask,
		claimNext,
		upsert,
		del,
		download,
		downloadMany,
		email,
		get,
		getAiSuggestions,
		getHistory,
		getMany,
		getMetadata,
		getNextAsn,
		getSelectionStatistics,
		getSimilar,
		getSuggestions,
		update,
	],
};
