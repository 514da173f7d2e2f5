import type { Store } from './store.mts';

/**
 * Whether a write finds the database locked by another one, as happens in SQLite before 3.0 where
 * writes come close together (docs/paperless-api.md#locked-database).
 */
export function meetsLock({ settings }: Store): boolean {
	if (settings.lockedWrites === 0) return false;
	settings.lockedWrites -= 1;
	return true;
}
