import { z } from 'zod';

/** The number of rows of a list. No archive has so many that a higher number can be true. */
export const rowCount = z.number().max(10_000_000);
