import type { Resource } from '../../../toolkit/operation';
import { send } from './send.operation';

export const apiCall: Resource = {
	value: 'apiCall',
	name: 'API Call',
	builderHint: 'Only for what no other resource does.',
	operations: [send],
};
