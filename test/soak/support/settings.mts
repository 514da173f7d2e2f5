export { setTimeout as pause } from 'node:timers/promises';

export const minutes = Number(process.env['SOAK_MINUTES'] ?? 60);

/** A seed plays the same weather again. */
export const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
