import { z } from 'zod';
import type { WebhookTriggerHost } from './webhookTriggerParameters';

const registrationSchema = z.object({
	/** The id of the workflow in Paperless-ngx. */
	workflow: z.number(),
	/** Recognizes the secret that the workflow sends. */
	proof: z.string().min(1),
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

/** The saved registration; undefined if none was saved or it is not readable. */
export const registrationOf = ({
	recall,
}: Pick<WebhookTriggerHost, 'recall'>): Registration | undefined =>
	registrationSchema.safeParse(recall('registration')).data;

export const saveRegistration = (
	{ remember }: Pick<WebhookTriggerHost, 'remember'>,
	registration: Registration | undefined,
): void => remember('registration', registration);
