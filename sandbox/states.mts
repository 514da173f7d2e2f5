import { readFile } from 'node:fs/promises';
import type { Clock } from './clock.mts';
import { dispatch } from './dispatch.mts';
import { Query } from './http.mts';
import type { Reply, RequestBody } from './http.mts';
import { profiles } from './profiles.mts';
import type { Profile } from './profiles.mts';
import { buildSample } from './sample.mts';
import { addStrangers } from './strangers.mts';
import { Store, tokenOf } from './store.mts';
import type { SelectOption } from './store.mts';

export type StateName = 'empty' | 'base' | 'sample';

const addAdmin = (store: Store, email = 'admin@example.com'): void => {
	store.users.add({
		username: 'admin',
		password: 'adminpass',
		email,
		first_name: '',
		last_name: '',
		date_joined: store.now(),
		is_staff: true,
		is_active: true,
		is_superuser: true,
		groups: [],
		user_permissions: [],
		token: tokenOf('admin'),
		ui_settings: {},
	});
};

/** The recorded state, built once for servers whose time is the machine's or ahead of it. */
const bases = new Map<string, Promise<Store>>();

async function buildBase(profile: Profile, clock?: Clock): Promise<Store> {
	const store = new Store(profiles[profile.recording], clock);
	addAdmin(store);
	await replayBase(store);
	store.profile = profile;
	if (profile.strange) addStrangers(store);
	return store;
}

export async function buildState(
	profile: Profile,
	state: StateName,
	clock?: Clock,
): Promise<Store> {
	if (state === 'base' && clock && clock.lead < 0) return await buildBase(profile, clock);
	const store = new Store(profile, clock);
	if (state === 'base') {
		const base = bases.get(profile.name) ?? buildBase(profile);
		bases.set(profile.name, base);
		store.copy(await base);
		return store;
	}
	addAdmin(store);
	if (state === 'sample') await buildSample(store);
	return store;
}

interface RecordedFile {
	field: string;
	fixture: string;
	filename: string;
	type: string;
}

interface BaseExchange {
	request: {
		method: string;
		path: string;
		query?: [string, string][];
		headers: Record<string, string>;
		json?: unknown;
		form?: [string, string][];
		files?: RecordedFile[];
	};
	response: {
		json?: {
			extra_data?: { select_options?: SelectOption[] };
			results?: { id: number; added: string; modified: string }[];
		};
	};
}

const recordings = new URL('../test/recordings/', import.meta.url);

/** Puts a store into the initial state of every recorded chapter. */
async function replayBase(store: Store): Promise<void> {
	const text = await readFile(new URL(`${store.profile.name}/base.json`, recordings), 'utf8');
	const { exchanges } = JSON.parse(text) as { exchanges: BaseExchange[] };
	const settings = { ...store.settings };
	Object.assign(store.settings, { queueSeconds: 0, consumptionSeconds: 0, ocrSeconds: 0 });
	for (const { request, response } of exchanges) {
		if (request.path === '/api/documents/') adoptTimes(store, response);
		if (request.method === 'GET') continue;
		const reply = await dispatch(store, {
			method: request.method,
			path: request.path,
			search: '',
			query: new Query(request.query ?? []),
			origin: 'http://paperless.test',
			headers: {
				accept: request.headers['Accept'] ?? '*/*',
				authorization: `Token ${tokenOf('admin')}`,
			},
			body: await bodyOf(request),
		});
		if (reply.status >= 300)
			throw new Error(`The base state cannot be built: ${JSON.stringify(reply)}`);
		adoptOptions(reply, response);
		await store.queue.done();
	}
	for (const user of store.users.values()) user.token ??= tokenOf(user.username);
	Object.assign(store.settings, settings);
}

async function bodyOf({ json, form, files }: BaseExchange['request']): Promise<RequestBody> {
	if (!files) return { kind: 'json', value: json ?? {} };
	const values = new Map<string, string[]>();
	for (const [name, value] of form ?? []) values.set(name, [...(values.get(name) ?? []), value]);
	const uploads = await Promise.all(
		files.map(async ({ field, fixture, filename, type }) => {
			const bytes = await readFile(new URL(`files/${fixture}`, recordings));
			return [field, { name: filename, type, bytes }] as const;
		}),
	);
	return { kind: 'form', values, files: new Map(uploads), multipart: true };
}

/**
 * Copies the recorded times of the documents, because later requests need them to the microsecond.
 */
function adoptTimes(store: Store, { json }: BaseExchange['response']): void {
	for (const { id, added, modified } of json?.results ?? []) {
		Object.assign(store.documents.get(id) ?? {}, { added, modified, indexed: modified });
		for (const entry of store.history.values()) {
			if (entry.document === id) entry.timestamp = modified;
		}
	}
}

/** Copies the recorded ids of select options, because later requests use them. */
function adoptOptions({ json }: Reply, recorded: BaseExchange['response']): void {
	const own = json as { extra_data?: { select_options?: SelectOption[] } | null } | undefined;
	const known = recorded.json?.extra_data?.select_options;
	own?.extra_data?.select_options?.forEach((option, index) => {
		option.id = known?.[index]?.id ?? option.id;
	});
}
