import { filtersParameter } from '../../../../documents/filters/filtersParameter';
import { includeFile } from '../../../../documents/output/downloadChoices';
import { contentParameters, outputParameters } from '../../../../documents/output/outputParameters';
import { includePermissions } from '../../../../documents/output/presentPermissions';
import { sortParameter } from '../../../../documents/ordering';
import type { Parameter } from '../../../../toolkit/parameter';
import { notice, optionsParameter } from '../../../../toolkit/parameterBuilders';
import { contentNotice, everyText } from '../../shared/contentNotice';
import { returnAllOrLimit } from '../../shared/returnAllOrLimit';
import { searchParameters } from './searchQuery';

/** What may be large without a limit. */
const largeNotices = [
	contentNotice,
	notice('selectedContentNotice', everyText, {
		returnAll: [true],
		output: ['selected'],
		selectedFields: ['content'],
	}),
	notice(
		'filesNotice',
		'The file of every document found is transferred and stored by n8n, which takes space.',
		{ returnAll: [true], '/options.includeFile': [{ _cnd: { exists: true } }] },
	),
] as const;

export const getManyParameters = [
	...searchParameters,
	...returnAllOrLimit,
	filtersParameter,
	sortParameter,
	...outputParameters,
	optionsParameter([...contentParameters, includeFile, includePermissions]),
	...largeNotices,
] as const satisfies readonly Parameter[];
