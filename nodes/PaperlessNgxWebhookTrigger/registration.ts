import { z } from 'zod';
import { minute } from '../events/hasPassed';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

const registrationSchema = z.object({
	/** The id of the workflow in Paperless-ngx. */
	workflow: z.number(),
	/** Recognizes the secret that the workflow sends. */
	proof: z.string().min(1),
	/** Recognizes the secret before, which deliveries carry that were under way at its renewal. */
	former: z.object({ proof: z.string().min(1), until: z.number() }).optional(),
	/** The base URL of the server that has the workflow. */
	server: z.string(),
	/** Whose changes are skipped; absent if nobody's are. */
	user: z.number().optional(),
	/** When the workflow was created, by n8n's clock in milliseconds. */
	since: z.number(),
	/** The triggers of the workflow as they were sent, with the ids of everything they name. */
	triggers: z.array(z.record(z.unknown())),
});

export type Registration = z.infer<typeof registrationSchema>;

/**
 * Milliseconds. The server writes the secret into a delivery when the event happens, and a burst of
 * deliveries waits in its queue.
 */
const formerLimit = 10 * minute;

/** The saved registration; undefined if none was saved or it is not readable. */
export const registrationOf = ({
	recall,
}: Pick<WebhookTriggerHost, 'recall'>): Registration | undefined =>
	registrationSchema.safeParse(recall('registration')).data;

/** What to keep of a secret that this proof replaces. */
export function formerOf(
	before: Registration | undefined,
	proof: string,
	now: number,
): Pick<Registration, 'former'> {
	if (before === undefined) return {};
	if (before.proof !== proof) return { former: { proof: before.proof, until: now + formerLimit } };
	return before.former ? { former: before.former } : {};
}

export const saveRegistration = (
	{ remember }: Pick<WebhookTriggerHost, 'remember'>,
	registration: Registration | undefined,
): void => remember('registration', registration);
