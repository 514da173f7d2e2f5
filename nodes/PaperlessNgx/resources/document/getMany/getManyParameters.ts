import { filtersParameter } from '../../../../documents/filters/filtersParameter';
import { includeFile } from '../../../../documents/output/downloadChoices';
import { contentParameters, outputParameters } from '../../../../documents/output/outputParameters';
import { includePermissions } from '../../../../documents/output/presentPermissions';
import { sortParameter } from '../../../../documents/ordering';
import type { Parameter } from '../../../../toolkit/parameter';
import { returnAllOrLimit } from '../../shared/returnAllOrLimit';
import { searchParameters } from './searchQuery';

export const getManyParameters = [
	...searchParameters,
	...returnAllOrLimit,
	filtersParameter,
	sortParameter,
	...outputParameters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...contentParameters, includeFile, includePermissions],
	},
] as const satisfies readonly Parameter[];
