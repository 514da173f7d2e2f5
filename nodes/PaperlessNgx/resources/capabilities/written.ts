import type { Grants } from '../../../api/grants';

/** An object before and after a write. */
export type Written<Row> = {
	before: Row;
	after: Row;
	/** The fields that were written. */
	fields: readonly string[];
	/** Only where grants were written. */
	grants?: { before: Grants; after: Grants };
};
