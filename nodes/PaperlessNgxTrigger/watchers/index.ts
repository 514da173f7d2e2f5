import { consumptionFailures } from './consumptionFailures';
import { deletions } from './deletions';
import { storageLow, systemStatus } from './systemStatus';
import { releases } from './releases';
import type { Watcher } from './defineWatcher';

/** Each is asked only for events that are chosen. */
export const watchers: readonly Watcher[] = [
	deletions,
	consumptionFailures,
	systemStatus,
	storageLow,
	releases,
];
