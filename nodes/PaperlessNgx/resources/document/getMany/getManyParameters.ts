import { filtersParameter } from '../../../../documents/filters/filtersParameter';
import { contentParameters, outputParameters } from '../../../../documents/output/outputParameters';
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
		options: contentParameters,
	},
] as const satisfies readonly Parameter[];
