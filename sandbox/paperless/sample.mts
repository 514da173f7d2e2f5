import type { Store } from './store.mts';

export function buildSample(_store: Store): void {}
