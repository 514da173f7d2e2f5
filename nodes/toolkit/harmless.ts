import { isRecord } from '../api/json';

/**
 * What a list of the panel may contain. n8n stores the value and the name of a choice with the
 * workflow, and evaluates each stored text that begins with “=” (docs/n8n.md#stored-choices). Text
 * of the server must not become code, so quotes are put around it.
 */
export const harmlessText = (text: string): string =>
	text.trimStart().startsWith('=') ? `“${text}”` : text;

function guarded(value: unknown): unknown {
	if (typeof value === 'string') return harmlessText(value);
	if (Array.isArray(value)) return value.map(guarded);
	return isRecord(value)
		? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, guarded(inner)]))
		: value;
}

/** The same list with harmless texts only. */
export const harmless = <T extends object>(list: T): T => guarded(list) as T;
