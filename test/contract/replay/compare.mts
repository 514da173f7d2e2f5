import { createHash } from 'node:crypto';
import type { Correspondence } from './correspondence.mts';
import type { RecordedResponse } from './recordings.mts';
import type { Actual } from './send.mts';

/**
 * Headers that tell a client something: how to read the body, what it talks to, where to go,
 * how to log in, what to call a file, when to come back, and what else it could have asked.
 */
const telling = [
	'content-type',
	'x-version',
	'x-api-version',
	'location',
	'www-authenticate',
	'content-disposition',
	'allow',
];

/** Of these only the presence counts, for their values come from clocks and generated files. */
const present = ['etag', 'last-modified', 'retry-after'];

export function compareResponses(
	recorded: RecordedResponse,
	actual: Actual,
	pairs: Correspondence,
	settle: (own: unknown) => unknown,
): string[] {
	const problems: string[] = [];
	if (recorded.status !== actual.status)
		problems.push(`status ${actual.status} instead of ${recorded.status}`);
	for (const name of telling) {
		const wanted = recorded.headers?.[name];
		const own = actual.headers[name];
		const translated = wanted === undefined ? undefined : pairs.translate(wanted);
		if (translated !== own)
			problems.push(`${name} is ${own ?? 'absent'} instead of ${translated ?? 'absent'}`);
	}
	for (const name of present) {
		const [wanted, own] = [recorded.headers?.[name], actual.headers[name]];
		if (wanted !== undefined && typeof own === 'string') pairs.learn(wanted, own);
		if ((wanted === undefined) !== (own === undefined))
			problems.push(`${name} is ${own ?? 'absent'} instead of ${wanted ?? 'absent'}`);
	}
	return [...problems, ...compareBodies(recorded, actual, pairs, settle)];
}

function compareBodies(
	recorded: RecordedResponse,
	{ body, headers }: Actual,
	pairs: Correspondence,
	settle: (own: unknown) => unknown,
): string[] {
	if ('json' in recorded) {
		try {
			const { rows, json } = recorded;
			const own = settle(JSON.parse(body.toString()));
			if (rows === undefined || !Array.isArray(own) || !Array.isArray(json))
				return [...differences(json, own, '', pairs)];
			return [
				...differences(rows, own.length, '.length', pairs),
				...differences(json, own.slice(0, json.length), '', pairs),
			];
		} catch {
			return [`the body is no JSON: ${body.toString().slice(0, 80)}`];
		}
	}
	if (recorded.binary) return compareBinary(recorded.binary, body, String(headers['content-type']));
	const wanted = recorded.text ?? recorded.starts ?? '';
	const own = body.toString();
	if (/^\s*<!doctype/i.test(wanted))
		return pageTitle(own) === (pageTitle(wanted) ?? pageTitle(own))
			? []
			: [`the page is ${own.slice(0, 80)}`];
	const isStart = recorded.text === undefined && recorded.starts !== undefined;
	return (isStart ? own.startsWith(wanted) : own === wanted)
		? []
		: [
				`the text is ${JSON.stringify(own.slice(0, 160))} instead of ${JSON.stringify(wanted.slice(0, 160))}`,
			];
}

/** The pages of Django are compared by what they say, not by how they look. */
const pageTitle = (page: string): string | undefined => /<title>([^<]*)<\/title>/.exec(page)?.[1];

/** Uploaded files come back as they are; archives, thumbnails and ZIP files only need to be of their kind. */
function compareBinary(
	recorded: { bytes: number; sha256: string; first16: string },
	body: Buffer,
	type: string,
): string[] {
	if (createHash('sha256').update(body).digest('hex') === recorded.sha256) return [];
	const kind = Buffer.from(recorded.first16, 'base64').subarray(0, 4);
	const generated = /^(application\/(pdf|zip)|image\/webp)/.test(type);
	return generated && body.subarray(0, 4).equals(kind)
		? []
		: [`the file of ${body.length} bytes differs from the one of ${recorded.bytes}`];
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?(Z|\+00:00)$/;
/** As the history of a document writes it. */
const pythonTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hexadecimal = /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Values that differ from server to server, by the key they stand under and the form they have. */
const variable: { key: RegExp; form: RegExp }[] = [
	{ key: /./, form: time },
	{ key: /^added$/, form: pythonTime },
	{ key: /^(task_id)?$/, form: uuid },
	{ key: /^id$/, form: /^[A-Za-z0-9]{16}$/ },
	{ key: /^slug$/, form: /^[A-Za-z0-9]{50}$/ },
	{ key: /checksum$/, form: hexadecimal },
	{ key: /^password$/, form: /^\*+$/ },
	{ key: /(^|token)$/, form: /^(\{\{\w+\}\}|[0-9a-f]{40})$/ },
	{ key: /^(redis_url|celery_url|latest_migration)$/, form: /./ },
	{ key: /^url$/, form: /db\.sqlite3$/ },
	{ key: /^traceback$/, form: /^ +File "/ },
	{ key: /^detail$/, form: /^JSON parse error - / },
	{ key: /^detail$/, form: /^Request was throttled\. Expected available in \d+ seconds\.$/ },
];

const variableNumbers =
	/^(duration_seconds|wait_time_seconds|avg_\w+|score|archive_size|total|available|size_bytes)$/;

/** The server keeps rights in sets; the order of `all` depends on its indexes, and no client needs it. */
const unordered = /^(all|permissions|user_permissions|inherited_permissions)$/;

export function* differences(
	recorded: unknown,
	own: unknown,
	path: string,
	pairs: Correspondence,
): Iterable<string> {
	const key =
		path
			.split('.')
			.at(-1)
			?.replace(/\[\d+\]$/, '') ?? '';
	if (typeof recorded === 'string' && typeof own === 'string') {
		if (!sameText(key, recorded, own, pairs)) yield* differ(path, pairs.translate(recorded), own);
	} else if (Array.isArray(recorded) && Array.isArray(own)) {
		const [wanted, given] = unordered.test(key)
			? [recorded.toSorted(), own.toSorted()]
			: [recorded, own];
		if (wanted.length !== given.length) yield* differ(path, wanted, given);
		else
			for (const [index, item] of wanted.entries())
				yield* differences(item, given[index], `${path}[${index}]`, pairs);
	} else if (isObject(recorded) && isObject(own)) {
		for (const name of new Set([...Object.keys(recorded), ...Object.keys(own)])) {
			yield* differences(recorded[name], own[name], `${path}.${name}`, pairs);
		}
	} else if (recorded !== own) {
		const numbers = typeof recorded === 'number' && typeof own === 'number';
		if (!numbers || !variableNumbers.test(key)) yield* differ(path, recorded, own);
	}
}

/** The same recorded value must always meet the same value here; a new one is learned. */
function sameText(key: string, recorded: string, own: string, pairs: Correspondence): boolean {
	if (pairs.translate(recorded) === own) return true;
	const isVariable = variable.some(
		(rule) => rule.key.test(key) && rule.form.test(recorded) && rule.form.test(own),
	);
	if (isVariable && !pairs.knows(recorded)) {
		pairs.learn(recorded, own);
		return true;
	}
	return isVariable && /^(password|detail)$/.test(key);
}

function* differ(path: string, recorded: unknown, own: unknown): Iterable<string> {
	const show = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 200);
	yield `${path || 'the body'} is ${show(own)} instead of ${show(recorded)}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
