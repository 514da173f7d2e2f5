import { PaperlessError } from '../../../api/errors';
import type { Query } from '../../../api/httpTransport';

type Entry = { name: string; value: string };

/** The part below `/api/`, as it was written. */
const placeIn = (text: string): string =>
	(text.trim().split('?', 1)[0] ?? '').replace(/^\/?(api(\/|$))?/, '').replace(/\/$/, '');

/** Letters, digits and a few marks. No route of Paperless-ngx needs others, and others can lead elsewhere. */
const segment = /^(?!\.+$)[\w.-]+$/;

/** Routes whose reply is a token or a password, which n8n would store with the execution. */
const secretRoutes = /^(token|profile|auth)(\/|$)/;

const refuse = (message: string, description: string, parameter = 'path') =>
	new PaperlessError('invalid', message, { description, parameter });

/** The path relative to the base URL, without the checks of `routeFrom`. */
export const pathOf = (text: string): string => `api/${placeIn(text)}/`;

/** An empty filter means nothing to the server, which then returns everything. */
function requireFilled({ name, value }: Entry): void {
	if (name.trim() === '') {
		throw refuse(
			'A query parameter has no name',
			'Enter its name, or remove the row.',
			'queryParameters',
		);
	}
	if (value.trim() !== '') return;
	throw refuse(
		`The query parameter “${name}” is empty`,
		'Check its expression, or remove the row. To send it empty, write it behind the path, e.g. documents/?query=.',
		'queryParameters',
	);
}

function queryFrom(text: string, entries: readonly Entry[]): Query {
	for (const entry of entries) requireFilled(entry);
	const [, ...behindPath] = text.trim().split('?');
	const query = new Map<string, string>();
	const inRows = entries.map(({ name, value }) => [name.trim(), value] as const);
	for (const [name, value] of [...new URLSearchParams(behindPath.join('?')), ...inRows]) {
		if (query.has(name)) {
			throw refuse(
				`The query parameter “${name}” is given twice`,
				'Paperless-ngx takes several values separated by commas, e.g. 1,2.',
				'queryParameters',
			);
		}
		query.set(name, value);
	}
	return Object.fromEntries(query);
}

/** The route that a user has written, with or without `/api/` and a query. */
export function routeFrom(text: string, entries: readonly Entry[]): { path: string; query: Query } {
	const place = placeIn(text);
	if (!place.split('/').every((part) => segment.test(part))) {
		throw refuse(
			place === '' ? '“Path” is empty' : '“Path” is no path below /api/',
			'Write a path such as documents/12/. An address, “..”, “//”, a backslash and “%” are not allowed, because they can lead to another place.',
		);
	}
	if (secretRoutes.test(place)) {
		throw refuse(
			`“${place}” returns a token`,
			'n8n stores the output of this node, so anybody who may see executions could use it. Create tokens in Paperless-ngx under My Profile.',
		);
	}
	return { path: `api/${place}/`, query: queryFrom(text, entries) };
}
