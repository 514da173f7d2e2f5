import { sourceOf } from './sources.mts';

const { name } = JSON.parse(sourceOf('package.json')) as { name: string };

/** As workflows name the nodes. */
export const nodeType = `${name}.paperlessNgx`;
export const toolType = `${nodeType}Tool`;
export const triggerType = `${nodeType}Trigger`;
export const webhookTriggerType = `${nodeType}WebhookTrigger`;
