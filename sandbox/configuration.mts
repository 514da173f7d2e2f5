import { setTimeout as sleep } from 'node:timers/promises';
import { boolean, choice, integer, text, validate, wrong } from './fields.mts';
import type { Check, Field } from './fields.mts';
import { data, detail, ok, refuse } from './http.mts';
import type { Call, Reply, Route } from './http.mts';
import { forbidden, may } from './permissions.mts';
import type { Profile } from './profiles.mts';

/** Takes a text of JSON and keeps it as a text, spaced as Python spaces it. */
const json: Check = (value) => {
	if (value === '') return null;
	try {
		const parsed = JSON.parse(String(value)) as unknown;
		return parsed === null ? null : dumped(parsed);
	} catch {
		return wrong('Value must be valid JSON.');
	}
};

function dumped(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(dumped).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).map(
		([key, one]) => `${JSON.stringify(key)}: ${dumped(one)}`,
	);
	return `{${entries.join(', ')}}`;
}

const short = text({ blank: true });
/** An empty language is none. */
const language: Check = (value, store) => (value === '' ? null : short(value, store));
const count = integer({ min: 1 });

const savingMilliseconds = 5;

const named = (check: Check, names: string): [string, Check][] =>
	names.split(' ').map((name) => [name, check]);

/** A setting is null until it is set. Until then the environment decides. */
function settingsOf({ createdIsDate, documentVersions }: Profile): [string, Check][] {
	const modes = documentVersions
		? ['auto', 'force', 'redo', 'off']
		: ['skip', 'redo', 'force', 'skip_noarchive'];
	const archiving = documentVersions ? 'archive_file_generation' : 'skip_archive_file';
	return [
		['user_args', json],
		['output_type', choice('pdf', 'pdfa', 'pdfa-1', 'pdfa-2', 'pdfa-3')],
		['mode', choice(...modes)],
		['app_title', text({ max: 48, blank: true })],
		...named(count, 'pages image_dpi max_image_pixels rotate_pages_threshold'),
		...named(boolean, 'deskew rotate_pages'),
		['language', language],
		...named(short, `unpaper_clean color_conversion_strategy app_logo ${archiving}`),
		...(createdIsDate ? barcodes : []),
		...(documentVersions ? intelligence : []),
	];
}

const barcodes: [string, Check][] = [
	['barcode_tag_mapping', json],
	...named(
		boolean,
		'barcodes_enabled barcode_enable_tiff_support barcode_retain_split_pages barcode_enable_asn barcode_enable_tag',
	),
	...named(short, 'barcode_string barcode_asn_prefix'),
	...named(count, 'barcode_upscale barcode_dpi barcode_max_pages'),
];

const intelligence: [string, Check][] = [
	...named(boolean, 'barcode_tag_split ai_enabled'),
	...named(
		short,
		'llm_api_key llm_backend llm_model llm_endpoint llm_embedding_backend llm_embedding_model llm_embedding_endpoint llm_output_language',
	),
	...named(count, 'llm_embedding_chunk_size llm_context_size llm_request_timeout'),
];

function show({ profile, store }: Call): object {
	const empty = Object.fromEntries(settingsOf(profile).map(([name]) => [name, null]));
	const plain = profile.documentVersions ? { ai_enabled: false } : {};
	const stored = { id: 1, ...empty, ...plain, ...store.configuration };
	const { llm_api_key: secret } = store.configuration;
	return secret ? { ...stored, llm_api_key: '**********' } : stored;
}

function requireRow({ params }: Call): void {
	if (params['id'] !== '1') detail(404, 'No ApplicationConfiguration matches the given query.');
}

/** The whole row is read, changed and saved, so one of two changes at the same time is lost. */
async function change(call: Call): Promise<Reply> {
	const { store, user, profile } = call;
	if (!may(store, user, 'change_applicationconfiguration')) detail(403, forbidden);
	requireRow(call);
	const fields = settingsOf(profile).map(([name, check]): [string, Field] => [
		name,
		{ check, nullable: true },
	]);
	const row = { ...store.configuration };
	const { llm_api_key: secret, ...others } = data(call);
	const isMask = typeof secret === 'string' && /^\*+$/.test(secret);
	const given =
		secret === undefined || isMask ? others : { ...others, llm_api_key: secret || null };
	Object.assign(row, validate(Object.fromEntries(fields), given, store, true));
	await sleep(savingMilliseconds);
	store.configuration = row;
	return ok(show(call));
}

/** There is always exactly one row. 2.15 refuses a second one in different words. */
const add = ({ profile }: Call): Reply =>
	profile.createdIsDate ? { status: 405 } : refuse(400, { user_args: ['This field is required.'] });

export const configurationRoutes: Route[] = [
	{ path: 'config/', on: { GET: (call) => ok([show(call)]), POST: add } },
	{
		path: 'config/:id/',
		on: {
			GET: (call) => {
				requireRow(call);
				return ok(show(call));
			},
			PUT: change,
			PATCH: change,
			DELETE: change,
		},
	},
];
