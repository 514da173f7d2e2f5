import type { PlannedNames } from '../../../../documents/edit/plannedNames';

/** Names that Create If Missing needs; they have negative ids until they are created. */
export type NewNames = { names: PlannedNames; ids: readonly number[] };
