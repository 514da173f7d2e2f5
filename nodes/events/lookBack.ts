/** A change that waited for a lock of the server appeared 155 s late; nothing limits such a wait. */
export const lookBackSeconds = 15 * 60;

/** In microseconds. */
export const lookBack = BigInt(lookBackSeconds) * 1_000_000n;

/** At least this much, however many rows that is. */
export const leastLookBack = 60n * 1_000_000n;

/** Beyond this many rows a poll would spend its time on what it has already read. */
export const maxRecent = 5000;
