import { Refusal } from './http.mts';
import type { Profile } from './profiles.mts';
import type { Query } from './http.mts';
import type { Store, User } from './store.mts';

const refused = (status: number, text: string, headers = {}): Refusal =>
	new Refusal(status, { detail: text }, headers);

interface MediaRange {
	type: string;
	version: string | undefined;
	precedence: number;
}

/** A range with parameters is more specific than one without parameters, so its version wins. */
const parseAccept = (accept: string): MediaRange[] =>
	accept.split(',').map((part) => {
		const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
		const named = parameters.filter((parameter) => !parameter.startsWith('q='));
		const version = parameters.find((parameter) => parameter.startsWith('version='));
		const specific = named.length > 0 ? 3 : 2;
		return {
			type,
			version: version?.slice('version='.length),
			precedence: type === '*/*' ? 0 : type.endsWith('/*') ? 1 : specific,
		};
	});

const covers = (range: string, type: string): boolean =>
	range === '*/*' ||
	range === type ||
	(range.endsWith('/*') && type.startsWith(range.slice(0, -1)));

const renderers = ['application/json', 'text/html'] as const;
const formats = { 'application/json': 'json', 'text/html': 'api' };

export interface Negotiated {
	apiVersion: number;
	html: boolean;
}

/** Runs before authentication, as in Django REST framework. */
export function negotiate(profile: Profile, accept: string | undefined, query: Query): Negotiated {
	const format = query.filled('format');
	if (format !== undefined && format !== 'json' && format !== 'api') {
		throw refused(404, 'Not found.');
	}
	const ranges = parseAccept(accept ?? '*/*');
	const chosen = [3, 2, 1, 0]
		.flatMap((level) => renderers.map((type) => ({ level, type })))
		.filter(({ type }) => format === undefined || format === formats[type])
		.flatMap(({ level, type }) => {
			const range = ranges.find(
				(candidate) => candidate.precedence === level && covers(candidate.type, type),
			);
			return range ? [{ range, type }] : [];
		})[0];
	if (chosen === undefined) throw refused(406, 'Could not satisfy the request Accept header.');
	const newest = profile.apiVersions.at(-1) as number;
	const { version } = chosen.range;
	const apiVersion =
		version === undefined ? newest : profile.apiVersions.find((known) => String(known) === version);
	if (apiVersion === undefined) throw refused(406, 'Invalid version in "Accept" header.');
	return { apiVersion, html: chosen.type === 'text/html' };
}

/** The user of the credentials, or null if the request has no credentials. */
export function authenticate(store: Store, header: string | undefined): User | null {
	const [scheme = '', ...values] = (header ?? '').trim().split(/ +/);
	const basic = scheme.toLowerCase() === 'basic';
	if (!basic && scheme.toLowerCase() !== 'token') return null;
	const challenge = basic && values.length > 0 ? basicChallenge : challengeOf(store.profile);
	const fail = (text: string): never => {
		throw refused(401, text, { 'www-authenticate': challenge });
	};
	const kind = basic ? 'basic' : 'token';
	const [value] = values;
	if (value === undefined) return fail(`Invalid ${kind} header. No credentials provided.`);
	if (values.length > 1) {
		const what = basic ? 'Credentials string' : 'Token string';
		return fail(`Invalid ${kind} header. ${what} should not contain spaces.`);
	}
	if (!basic) {
		const user = store.users.find(({ token }) => token === value);
		if (user === undefined) return fail('Invalid token.');
		return user.is_active ? user : fail('User inactive or deleted.');
	}
	const decoded = Buffer.from(value, 'base64').toString();
	const colon = decoded.indexOf(':');
	if (!/^[A-Za-z0-9+/]+=*$/.test(value) || colon < 0) {
		return fail('Invalid basic header. Credentials not correctly base64 encoded.');
	}
	const user = userWithPassword(store, decoded.slice(0, colon), decoded.slice(colon + 1));
	return user ?? fail('Invalid username/password.');
}

export const userWithPassword = (store: Store, name: string, password: string): User | undefined =>
	store.users.find(
		(user) => user.username === name && user.password === password && user.is_active,
	);

const basicChallenge = 'Basic realm="api"';

const challengeOf = (profile: Profile): string =>
	profile.tokenChallenge ? 'Token' : basicChallenge;

export const anonymousRefusal = (profile: Profile): Refusal =>
	refused(401, 'Authentication credentials were not provided.', {
		'www-authenticate': challengeOf(profile),
	});
