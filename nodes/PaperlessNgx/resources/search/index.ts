import type { Resource } from '../../../toolkit/operation';
import { autocomplete } from './autocomplete.operation';
import { globalSearch } from './globalSearch.operation';

export const search: Resource = {
	value: 'search',
	name: 'Search',
	operations: [autocomplete, globalSearch],
};
