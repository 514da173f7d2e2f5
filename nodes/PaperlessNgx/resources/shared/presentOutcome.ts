import type { Consumption } from '../../../api/schemas/task';
import type { Json } from '../../../toolkit/operation';

/** How a consumption ended, in the same keys for every outcome and every server version. */
export function presentOutcome(outcome: Consumption): Json {
	const documentId = 'documentId' in outcome ? outcome.documentId : null;
	return {
		outcome: outcome.status,
		document_id: outcome.status === 'created' ? documentId : null,
		duplicate_of: outcome.status === 'duplicate' ? documentId : null,
		message: 'reason' in outcome ? outcome.reason || null : null,
	};
}
