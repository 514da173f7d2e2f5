import { consumptionFailures } from './consumptionFailures';
import type { Watcher } from './defineWatcher';
import { deletions } from './deletions';
import { releases } from './releases';
import { storageLow } from './storageLow';
import { systemStatus } from './systemStatus';
import { taskFailures } from './taskFailures';

/** A poll runs only the watchers of the chosen events. */
export const watchers: readonly Watcher[] = [
	deletions,
	consumptionFailures,
	taskFailures,
	systemStatus,
	storageLow,
	releases,
];
