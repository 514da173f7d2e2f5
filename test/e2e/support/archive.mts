import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { PDFDocument } from 'pdf-lib';

import { root } from '../../../scripts/n8n/paths.mts';
import { shared } from './shared.mts';
import { waitFor } from './waiting.mts';

export interface Row {
	id: number;
	[field: string]: unknown;
}

export interface Paper {
	title: string;
	text: string;
	/** The whole of the file, where it is not the title and the text. */
	file?: string;
	/** What the server's own words call it: tags and correspondent by ID. */
	fields?: Record<string, unknown>;
}

const kinds = {
	documents: 'title',
	tags: 'name',
	correspondents: 'name',
	document_types: 'name',
	storage_paths: 'name',
	custom_fields: 'name',
	saved_views: 'name',
	workflows: 'name',
	mail_accounts: 'name',
	groups: 'name',
	users: 'username',
} as const;

export type Kind = keyof typeof kinds;

/** The server cuts the title of an upload. */
const storedTitle = (title: string) => [...title].slice(0, 127).join('');

/** The server past the node: to prepare, to look at what the node did, and to clean up. */
export class Archive {
	/** By which all that a test brings along is found again and removed. */
	readonly prefix = `e2e-${randomBytes(4).toString('hex')}`;
	readonly shared = shared();

	/** Operations that only newer servers have end with a message on others. */
	has(version: string): boolean {
		return this.shared.paperless.version.localeCompare(version, 'en', { numeric: true }) >= 0;
	}

	async api<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, JSON.stringify(body), 'application/json');
		const text = await response.text();
		return (text ? JSON.parse(text) : undefined) as T;
	}

	/** Everything of a kind that carries the prefix, the oldest first. */
	async rows(kind: Kind): Promise<Row[]> {
		return await this.rowsWhere(kind, 'page=1');
	}

	/** Those of them that meet a filter in the server's own words. */
	async rowsWhere(kind: Kind, filter: string): Promise<Row[]> {
		const name = kinds[kind];
		const { results } = await this.api<{ results: Row[] }>(
			'GET',
			`${kind}/?${name}__istartswith=${this.prefix}&page_size=100000&${filter}`,
		);
		return results
			.filter((row) => String(row[name]).startsWith(this.prefix))
			.sort((a, b) => a.id - b.id);
	}

	async ids(kind: Kind): Promise<number[]> {
		return (await this.rows(kind)).map(({ id }) => id);
	}

	async create(
		kind: Exclude<Kind, 'documents' | 'users'>,
		name: string,
		more: object = {},
	): Promise<number> {
		const { id } = await this.api<Row>('POST', `${kind}/`, {
			name: `${this.prefix} ${name}`,
			...more,
		});
		return id;
	}

	/** Uploads texts, waits until the archive shows the documents, and answers their IDs. */
	async sendTexts(...papers: Paper[]): Promise<number[]> {
		const ids = await this.consumed(
			papers.map(({ title, text, file = `${title}\n${text}` }) => ({
				title,
				file: new File([file], 'letter.txt', { type: 'text/plain' }),
			})),
		);
		for (const [index, { fields }] of papers.entries()) {
			if (fields) await this.api('PATCH', `documents/${ids[index]}/`, fields);
		}
		return ids;
	}

	/** The same with PDFs of so many pages; no two are alike, as older servers refuse duplicates. */
	async sendPdfs(...papers: Array<{ title: string; pages: number }>): Promise<number[]> {
		return await this.consumed(
			await Promise.all(
				papers.map(async ({ title, pages }) => {
					const pdf = await PDFDocument.create();
					for (let page = 1; page <= pages; page++) {
						pdf.addPage([420, 595]).drawText(`${title}, page ${page}`, { x: 40, y: 500, size: 14 });
					}
					const file = new File([Buffer.from(await pdf.save())], 'scan.pdf', {
						type: 'application/pdf',
					});
					return { title, file };
				}),
			),
		);
	}

	/** A file that cannot become a document; waits until the archive has said so. */
	async sendBroken(): Promise<void> {
		const bytes = await readFile(path.join(root, 'test/recordings/files/broken.pdf'));
		const form = new FormData();
		form.set(
			'document',
			new File([bytes], `${this.prefix} broken.pdf`, { type: 'application/pdf' }),
		);
		const sent = await this.send('POST', 'documents/post_document/', form);
		const taskId = (await sent.json()) as string;
		await waitFor(
			async () => {
				const tasks = await this.api('GET', `tasks/?task_id=${taskId}`);
				return /"status":"failure"/i.test(JSON.stringify(tasks)) || undefined;
			},
			{ what: () => `task ${taskId} to fail` },
		);
	}

	private async consumed(papers: Array<{ title: string; file: File }>): Promise<number[]> {
		const before = new Set(await this.ids('documents'));
		for (const { title, file } of papers) {
			const form = new FormData();
			form.set('title', title);
			form.set('document', file);
			await this.send('POST', 'documents/post_document/', form);
		}
		let missing: string[] = [];
		return await waitFor(
			async () => {
				// A workflow may add documents meanwhile.
				const added = (await this.rows('documents')).filter(({ id }) => !before.has(id));
				const idOf = new Map(added.map(({ id, title }) => [title, id]));
				const titles = papers.map(({ title }) => storedTitle(title));
				missing = titles.filter((title) => !idOf.has(title));
				return missing.length === 0 ? titles.map((title) => idOf.get(title) ?? 0) : undefined;
			},
			{
				what: () => `the documents ${missing.slice(0, 20).join(', ')}`,
				// A real server on a busy machine takes half a minute for its first file.
				patienceMs: 80_000 + papers.length * 10_000,
			},
		);
	}

	/** Whether it could be arranged: the sandbox says it once, and a real server asks its own AI. */
	private async letAiSay(path: string, answer: object): Promise<boolean> {
		const { ok } = await fetch(`${this.shared.paperless.url}/__sandbox/faults`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ kind: 'status', status: 200, path, ...answer }),
		});
		return ok && this.has('3.0');
	}

	async letAiSuggest(suggestions: object): Promise<boolean> {
		const nothing = {
			correspondents: [],
			document_types: [],
			storage_paths: [],
			tags: [],
			dates: [],
		};
		return await this.letAiSay('ai_suggestions', { body: { ...nothing, ...suggestions } });
	}

	async letAiAnswer(answer: string): Promise<boolean> {
		return await this.letAiSay('chat/$', { contentType: 'text/event-stream', body: answer });
	}

	/** Whether a mail could be delivered that fails to be imported; a real server has its own mail server. */
	/** Lets a task of the sandbox fail. Returns whether it did: other servers cannot be told to. */
	async failTask(type: string, message: string): Promise<boolean> {
		const { ok } = await fetch(`${this.shared.paperless.url}/__sandbox/failure`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ type, message: `${this.prefix} ${message}` }),
		});
		return ok;
	}

	async failByMail(subject: string): Promise<boolean> {
		const { url } = this.shared.paperless;
		const attachments = [{ fileName: 'broken.pdf', text: '%PDF-1.4' }];
		const { ok } = await fetch(`${url}/__sandbox/inbox`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ subject: `${this.prefix} ${subject}`, attachments }),
		});
		if (!ok) return false;
		const account = await this.create('mail_accounts', 'Office', {
			imap_server: 'imap.sandbox.test',
			username: 'office',
			password: 'mailpass1',
		});
		const rule = { account, filter_subject: this.prefix, action: 3, assign_tags: [] };
		await this.api('POST', 'mail_rules/', { name: `${this.prefix} Bills`, ...rule });
		await this.api('POST', `mail_accounts/${account}/process/`);
		await waitFor(
			async () => {
				const mails = await this.api('GET', 'processed_mail/?status=FAILED');
				return JSON.stringify(mails).includes(this.prefix) || undefined;
			},
			{ what: () => `the mail “${subject}” to fail` },
		);
		return true;
	}

	/** What the server does once an hour; for a real one, its call about the document is made here. */
	async lookAtSchedules(n8nWorkflow: string, document: number | undefined): Promise<void> {
		const { url } = this.shared.paperless;
		const { ok } = await fetch(`${url}/__sandbox/scheduled`, { method: 'POST' });
		if (ok) return;
		type Workflow = { name: string; actions: Array<{ webhook: { url: string; headers: object } }> };
		const { results } = await this.api<{ results: Workflow[] }>('GET', 'workflows/?page_size=1000');
		const own = results.find(({ name }) => name.includes(`(${n8nWorkflow}/`));
		for (const { webhook } of own?.actions ?? []) {
			const headers = { 'content-type': 'application/json', ...webhook.headers };
			const body = JSON.stringify({ doc_url: `${url}/documents/${document}/` });
			await fetch(webhook.url, { method: 'POST', headers, body });
		}
	}

	/** Removes all that carries the prefix. */
	async clear(): Promise<void> {
		for (const id of await this.ids('documents')) await this.remove(`documents/${id}/`);
		const trash = await this.api<{ results: Row[] }>('GET', 'trash/?page_size=1000');
		const documents = trash.results
			.filter(({ title }) => String(title).startsWith(this.prefix))
			.map(({ id }) => id);
		if (documents.length > 0) await this.api('POST', 'trash/', { action: 'empty', documents });
		for (const kind of Object.keys(kinds) as Kind[]) {
			for (const id of await this.ids(kind)) await this.remove(`${kind}/${id}/`);
		}
	}

	/** Things go together: a tag takes its children with it. */
	private async remove(path: string): Promise<void> {
		await this.api('DELETE', path).catch((error: unknown) => {
			if (!String(error).includes(': 404')) throw error;
		});
	}

	private async send(
		method: string,
		path: string,
		body?: string | FormData,
		type?: string,
	): Promise<Response> {
		const { url, token } = this.shared.paperless;
		const response = await fetch(`${url}/api/${path}`, {
			method,
			headers: {
				authorization: `Token ${token}`,
				// A connection that is kept may be closed by the server just when it is used again.
				connection: 'close',
				...(type === undefined ? {} : { 'content-type': type }),
			},
			...(body === undefined ? {} : { body }),
		});
		if (response.ok) return response;
		throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
	}
}
