import type { Reply } from './http.mts';

/** Paperless answers in the language of the browser. A few sentences are enough to detect this. */
const german: Record<string, string> = {
	'Authentication credentials were not provided.': 'Anmeldedaten fehlen.',
	'Enter a valid date/time.': 'Bitte ein gültiges Datum und Uhrzeit eingeben.',
};

export function translated(language: string | undefined, reply: Reply): Reply {
	if (!language?.startsWith('de') || reply.json === undefined) return reply;
	const json: unknown = JSON.parse(JSON.stringify(reply.json), (_, value: unknown) =>
		typeof value === 'string' ? (german[value] ?? value) : value,
	);
	return { ...reply, json };
}
