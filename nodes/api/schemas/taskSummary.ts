import { z } from 'zod';

const seconds = z.number().nullish();
const time = z.string().nullish();

/** The tasks of each type over some days. */
export const taskSummarySchema = z.array(
	z
		.object({
			task_type: z.string(),
			total_count: z.number(),
			pending_count: z.number(),
			success_count: z.number(),
			failure_count: z.number(),
			avg_duration_seconds: seconds,
			avg_wait_time_seconds: seconds,
			last_run: time,
			last_success: time,
			last_failure: time,
		})
		.passthrough(),
);

/** `needs_attention` counts what failed or was revoked, `in_progress` what has not ended. */
export const taskCountsSchema = z
	.object({
		all: z.number(),
		needs_attention: z.number(),
		in_progress: z.number(),
		completed: z.number(),
	})
	.passthrough();
