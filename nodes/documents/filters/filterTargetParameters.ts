import type { Parameter } from '../../toolkit/parameter';
import { filterParameters } from './filterParameters';

const [filters, customFieldFilters, dateFilters, numberFilters, textFilters] = filterParameters;

const shown = { displayOptions: { show: { target: ['filter'] } } } as const;

/** The filters of an operation whose parameter “Documents” offers a choice by filter. */
export const filterTargetParameters = [
	{ ...filters, ...shown },
	{ ...customFieldFilters, ...shown },
	{ ...dateFilters, ...shown },
	{ ...numberFilters, ...shown },
	{ ...textFilters, ...shown },
] as const satisfies readonly Parameter[];
