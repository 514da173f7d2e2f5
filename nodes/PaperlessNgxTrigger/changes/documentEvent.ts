import type { Query } from '../../api/httpTransport';
import type { Row } from '../../events/cursor';
import type { EventName } from '../../events/events';
import type { Sighting } from '../../events/sighting';
import type { TriggerState } from '../../events/triggerState';
import type { Json } from '../../toolkit/operation';

/** An event of a document, with the row of the change that caused it. */
export type DocumentEvent = Row & {
	event: EventName;
	/** What the item shows besides the document. */
	details?: Json;
};

/** Changes of a poll, and the server's filters that their documents must match. */
export type FilteredChanges = { changes: readonly Sighting[]; query: Query };

/** The part of the state that concerns changes of documents. */
export type DocumentState = Pick<
	TriggerState,
	'cursor' | 'inbox' | 'matching' | 'pictures' | 'unsettled'
>;

/** The events of a step, oldest first, and the part of the state that they change. */
export type FoundEvents = { state: DocumentState; events: DocumentEvent[] };
