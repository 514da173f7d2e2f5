import { resources } from '../../../nodes/PaperlessNgx/resources/index.ts';
import { Server } from '../../../nodes/api/server.ts';
import { accessOf } from '../../../nodes/toolkit/operation.ts';
import { run } from '../../support/paperless.mts';
import type { Fault, Profile, SeenRequest } from '../../support/sandbox.mts';
import { profiles } from '../../support/sandbox.mts';
import {
	prepareWrite,
	writingRequests,
	writingRequestsOf,
} from '../../support/writingRequests.mts';
import { useSandbox } from '../../support/useSandbox.mts';

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const offered = (profile: Profile) =>
	resources.flatMap(({ value: resource, operations }) =>
		operations
			.filter((operation) => {
				const usual = operation.parameters.map((parameter) => [parameter.name, parameter.default]);
				const asked = writingRequests[`${resource}.${operation.value}`];
				const given = { ...Object.fromEntries(usual), ...(isObject(asked) && asked) };
				const isWritten = accessOf(operation, given) === 'write';
				const { needs } = operation;
				return isWritten && (needs === undefined || new Server(profile, 10).has(needs));
			})
			.map((operation) => ({ name: `${resource}.${operation.value}`, resource, operation })),
	);

type Lie = { words: string; fault: Fault };

type Misreading = { words: string; field: (string | number)[]; value?: unknown };

/** Another value of the same kind, which the server would take as well. */
function otherThan(value: unknown): unknown {
	if (typeof value === 'boolean') return !value;
	if (typeof value === 'number') return value === 1 ? 2 : 1;
	if (value === null) return 1;
	const text = String(value);
	if (/^\d{4}-\d\d-\d\d/.test(text)) return text.replace(/^\d{4}/, '1999');
	if (/^#[\da-f]{6}$/i.test(text)) return '#abcdef';
	if (/^\d+$/.test(text)) return text === '1' ? '2' : '1';
	return `${text}x`;
}

/** Everything of a body that a server can fail to see or take for something else. */
function misreadings(sent: unknown, field: (string | number)[] = []): Misreading[] {
	const at = field.join('.');
	const other = { words: `stores another ${at}`, field, value: otherThan(sent) };
	if (Array.isArray(sent)) {
		if (sent.length === 0) return [];
		const fewer = { words: `drops one of ${at}`, field, value: sent.slice(0, -1) };
		return [fewer, ...misreadings(sent.at(-1), [...field, sent.length - 1])];
	}
	const unseen = { words: `ignores ${at}`, field };
	if (isObject(sent)) {
		const inner = Object.entries(sent).flatMap(([name, value]) =>
			misreadings(value, [...field, name]),
		);
		return field.length > 0 ? [unseen, ...inner] : inner;
	}
	return typeof field.at(-1) === 'number' ? [other] : [unseen, other];
}

const exactly = (path: string) => `^${path.replaceAll(/[.*+?^$()|[\]]/g, String.raw`\$&`)}$`;

/** Whether a reply shows what is stored, so that an operation may take the server at its word. */
const showsState = (answer: unknown) =>
	Array.isArray(answer) || (isObject(answer) && ('id' in answer || 'task_id' in answer));

/** What a server may do instead of what one request asks for. */
function liesAbout({ method, path, sent, answer, status }: SeenRequest): Lie[] {
	const where = { method, path: exactly(path), times: 1000 };
	const request = `${method} ${path.replaceAll(/\d+/g, 'ID')}`;
	const lies = misreadings(sent).map(({ words, ...misreading }) => ({
		words: `${request} ${words}`,
		fault: { ...where, kind: 'misread' as const, ...misreading },
	}));
	if (showsState(answer)) return lies;
	const doesNothing = { ...where, kind: 'status' as const, status, body: answer };
	return [...lies, { words: `${request} does nothing`, fault: doesNothing }];
}

/** Lies that no client can find out, and why an operation may say what it says all the same. */
const undetectable: Array<[operation: RegExp, lie: RegExp, because: string]> = [
	[/^apiCall\.send$/, /./, 'the user writes the request, and the reply is all that is reported'],
	[
		/^mailAccount\.process$/,
		/nothing/,
		'servers before 3.0 tell nothing, and “unknown” is reported',
	],
	[/^document\.email$/, /./, 'the server keeps nothing of the e-mails that it sends'],
	[/^document\.claimNext$/, /correspondents/, 'the lock is no part of what is reported'],
	[/^documentBulk\.reprocess$/, /./, 'only “queued” is reported, as the server said'],
	[/^pdf\./, /pages|page|rotate|degrees/, 'of the pages only their number is known'],
	[/^pdf\./, /metadata/, 'the output is the new document as it is'],
	[/^(user|mailAccount)\./, /password/, 'no server shows a password'],
	[/^customField\.update$/, /another .*label/, 'the option is added again; the other one is shown'],
];

const isUndetectable = (operation: string, lie: string) =>
	undetectable.some(([name, words]) => name.test(operation) && words.test(lie));

/**
 * Lies that were told already, with the server's newest version. Older ones are told them again only
 * where the client goes about the work in another way.
 */
const told = new Set<string>();
const hasOtherWays = /^(pdf|trash|document)\./;

const isNews = (operation: string, lie: string): boolean => {
	const key = `${operation} ${lie}`;
	if (told.has(key) && !hasOtherWays.test(operation)) return false;
	told.add(key);
	return true;
};

const lists = [
	'documents/?full_perms=true&fields=id,title,content,created,correspondent,document_type,storage_path,tags,owner,permissions,archive_serial_number,custom_fields,notes',
	...['tags', 'correspondents', 'document_types', 'storage_paths'].map(
		(kind) => `${kind}/?full_perms=true`,
	),
	...['custom_fields', 'groups', 'saved_views', 'share_links', 'trash', 'users'].map(
		(kind) => `${kind}/?fields=`,
	),
	...['mail_accounts', 'mail_rules'].map((kind) => `${kind}/?full_perms=true`),
	'config/',
	'workflows/?fields=',
];
const listsFrom219 = ['processed_mail/'];

/** What differs between two archives that are alike. */
const incidental =
	/^(modified|added|slug|last_correspondence|created_date|checksum|deleted_at|date_joined)$/;

const withoutIncidentals = (key: string, value: unknown) =>
	incidental.test(key) || (key === 'created' && String(value).includes('T')) ? undefined : value;

describe.each(profiles.toReversed())(
	'a server that does not do what it is asked, %s',
	(profile) => {
		const wanted = writingRequestsOf(profile);
		const { sandbox, engine } = useSandbox(profile);

		const archive = async () => {
			await sandbox.behave();
			const offeredLists = profile === '2.15.3' ? lists : [...lists, ...listsFrom219];
			const all = await Promise.all(
				offeredLists.map(async (path) => await sandbox.api<unknown>('GET', path)),
			);
			return JSON.stringify(all, withoutIncidentals);
		};

		const attempt = async (name: string, lie?: Lie) => {
			const { asked, items } = await prepareWrite(sandbox, engine, wanted[name] ?? {});
			const [resource, operation = ''] = name.split('.');
			await sandbox.forgetRequests();
			if (lie) await sandbox.misbehave(lie.fault);
			const parameters = { resource, ...asked };
			const result = await run(engine, operation, parameters, { items, errorOutput: true });
			const writes = (await sandbox.requests()).filter(({ method }) => method !== 'GET');
			const messages = [result.error?.message, ...result.refused.map(({ json }) => json.error)];
			return { writes, errors: messages.filter((message) => message !== undefined) };
		};

		it('is asked for everything that can be written', () => {
			const missing = offered(profile).filter(({ name }) => !(name in wanted));
			expect(missing.map(({ name }) => name)).toEqual([]);
		});

		it.each(offered(profile))(
			'is found out by $name',
			async ({ name }) => {
				const { writes, errors } = await attempt(name);
				const honest = await archive();
				const lies = writes
					.flatMap(liesAbout)
					.filter(({ words }) => !isUndetectable(name, words) && isNews(name, words));
				const believed: string[] = [];
				for (const lie of lies) {
					const attempted = await attempt(name, lie);
					if (attempted.errors.length === 0 && (await archive()) !== honest)
						believed.push(lie.words);
				}

				expect(errors).toEqual([]);
				expect(writes).not.toEqual([]);
				expect(believed).toEqual([]);
			},
			100_000,
		);
	},
);
