import type { Resource } from '../../../toolkit/operation';
import { checkForUpdate } from './checkForUpdate.operation';
import { getConfiguration } from './getConfiguration.operation';
import { getCurrentUser } from './getCurrentUser.operation';
import { getFilingOptions } from './getFilingOptions.operation';
import { getLogs } from './getLogs.operation';
import { getSensors } from './getSensors.operation';
import { getStatistics } from './getStatistics.operation';
import { getStatus } from './getStatus.operation';
import { updateConfiguration } from './updateConfiguration.operation';

export const system: Resource = {
	value: 'system',
	name: 'System',
	operations: [
		checkForUpdate,
		getConfiguration,
		getCurrentUser,
		getFilingOptions,
		getLogs,
		getSensors,
		getStatistics,
		getStatus,
		updateConfiguration,
	],
};
