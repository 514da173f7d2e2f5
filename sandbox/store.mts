import { createHash } from 'node:crypto';
import { Clock } from './clock.mts';
import type { Profile } from './profiles.mts';
import type { SearchDocument } from './search/engine.mts';
import { Queue } from './queue.mts';
import { Postman } from './webhookPost.mts';
import type { PostalSettings } from './webhookPost.mts';

export interface Grants {
	view: { users: number[]; groups: number[] };
	change: { users: number[]; groups: number[] };
}

export const noGrants = (): Grants => ({
	view: { users: [], groups: [] },
	change: { users: [], groups: [] },
});

/** Rows use the names of the API, so they need no translation. */
export interface Row {
	id: number;
}

export interface Owned extends Row {
	owner: number | null;
	grants: Grants;
}

export interface Matching extends Owned {
	name: string;
	match: string;
	matching_algorithm: number;
	is_insensitive: boolean;
}

export interface Tag extends Matching {
	color: string;
	is_inbox_tag: boolean;
	parent: number | null;
}

export interface StoragePath extends Matching {
	path: string;
}

export interface SelectOption {
	id: string;
	label: string;
}

export interface CustomField extends Row {
	name: string;
	data_type: string;
	extra_data: unknown;
}

export interface User extends Row {
	username: string;
	password: string | null;
	email: string;
	first_name: string;
	last_name: string;
	date_joined: string;
	is_staff: boolean;
	is_active: boolean;
	is_superuser: boolean;
	groups: number[];
	user_permissions: string[];
	token: string | null;
	ui_settings: Record<string, unknown>;
}

export interface Group extends Row {
	name: string;
	permissions: string[];
}

export interface SavedView extends Owned {
	name: string;
	show_on_dashboard: boolean;
	show_in_sidebar: boolean;
	sort_field: string | null;
	sort_reverse: boolean;
	filter_rules: { rule_type: number; value: string | null }[];
	page_size: number | null;
	display_mode: string | null;
	display_fields: string[] | null;
}

interface Shared extends Row {
	created: string;
	expiration: string | null;
	slug: string;
	file_version: 'archive' | 'original';
	owner: number | null;
}

export interface ShareLink extends Shared {
	document: number;
}

export interface ShareLinkBundle extends Shared {
	documents: number[];
	status: 'pending' | 'ready';
	size: number | null;
	built: string | null;
}

export interface Workflow extends Row {
	name: string;
	order: number;
	enabled: boolean;
	triggers: number[];
	actions: number[];
}

/** `linked` reads its links to tags, correspondents and other objects. */
export interface WorkflowTrigger extends Row {
	/** 1 consumption started, 2 document added, 3 document updated, 4 scheduled. */
	type: number;
	/** 1 consume folder, 2 upload, 3 mail, 4 web page. */
	sources: number[];
	filter_path: string | null;
	filter_filename: string | null;
	filter_custom_field_query?: string | null;
	matching_algorithm: number;
	match: string;
	is_insensitive: boolean;
	schedule_offset_days: number;
	schedule_is_recurring: boolean;
	schedule_recurring_interval_days: number;
	schedule_date_field: string;
	schedule_date_custom_field: number | null;
}

export interface Webhook extends Row {
	url: string;
	use_params: boolean;
	as_json: boolean;
	params: unknown;
	body: string | null;
	headers: unknown;
	include_document: boolean;
}

export interface WorkflowAction extends Row {
	/** 1 assignment, 2 removal, 3 e-mail, 4 webhook, 5 password removal, 6 move to trash. */
	type: number;
	assign_title: string | null;
	assign_custom_fields_values: Record<string, unknown> | null;
	webhook?: Webhook | null;
}

export interface Note extends Row {
	note: string;
	created: string;
	user: number | null;
}

export interface StoredFile {
	bytes: Uint8Array;
	checksum: string;
	/** Whether it is gone from the disk. */
	isLost?: boolean;
}

export interface FieldValue {
	field: number;
	value: unknown;
	/** The data type of the field when the value was set. With another type the value is hidden. */
	type?: string | undefined;
	/** The id of the row that holds the value. No route shows it. */
	instance?: number;
}

export interface Document extends Owned {
	/** Set for later versions of a document, which are separate rows. */
	root: number | null;
	/** The ids of the later versions, oldest first, including deleted ones. */
	versions: number[];
	version_label: string | null;
	title: string;
	content: string;
	correspondent: number | null;
	document_type: number | null;
	storage_path: number | null;
	tags: number[];
	/** Midnight of the day. Only 2.15 accepts a time. */
	created: string;
	added: string;
	modified: string;
	deleted_at: string | null;
	/** The root whose deletion took this version along, so that its restoration brings it back. */
	deletedWith: number | null;
	archive_serial_number: number | null;
	original_file_name: string | null;
	custom_fields: FieldValue[];
	notes: Note[];
	page_count: number | null;
	mime_type: string;
	original: StoredFile;
	archive: StoredFile | null;
	/**
	 * The time when the full text index last included the document. Null after a restore, because the
	 * index misses the document until its next change.
	 */
	indexed: string | null;
}

export type TaskStatus = 'pending' | 'started' | 'success' | 'failure';

export interface Task extends Row {
	task_id: string;
	task_type: string;
	trigger_source: string;
	status: TaskStatus;
	date_created: string;
	date_started: string | null;
	date_done: string | null;
	input_data: Record<string, unknown>;
	result_data: Record<string, unknown> | null;
	/** The sentence that servers before 3.0 store instead of `result_data`. */
	result: string | null;
	related_document: number | null;
	acknowledged: boolean;
	owner: number | null;
}

export interface HistoryEntry extends Row {
	document: number;
	timestamp: string;
	action: 'create' | 'update' | 'delete';
	changes: Record<string, unknown>;
	actor: number | null;
}

/** Rows by ascending id. Ids are never reused. */
export class Table<T extends Row> {
	readonly rows = new Map<number, T>();
	#last: number;

	constructor(firstId = 1) {
		this.#last = firstId - 1;
	}

	add(row: Omit<T, 'id'>): T {
		const added = { id: this.#last + 1, ...row } as T;
		this.#last = Math.max(this.#last, added.id);
		this.rows.set(added.id, added);
		return added;
	}

	get(id: number | null): T | undefined {
		return id === null ? undefined : this.rows.get(id);
	}

	delete(id: number): void {
		this.rows.delete(id);
	}

	values(): IterableIterator<T> {
		return this.rows.values();
	}

	find(matches: (row: T) => boolean): T | undefined {
		for (const row of this.rows.values()) if (matches(row)) return row;
		return undefined;
	}

	filter(matches: (row: T) => boolean): T[] {
		return [...this.rows.values()].filter(matches);
	}

	copy(other: Table<T>): void {
		for (const [id, row] of other.rows) this.rows.set(id, structuredClone(row));
		this.#last = other.#last;
	}
}

export interface Settings extends PostalSettings {
	/** The delay before the idle worker starts a task. */
	queueSeconds: number;
	/** How many tasks the server works on at the same time. */
	workers: number;
	consumptionSeconds: number;
	ocrSeconds: number;
	deleteDuplicates: boolean;
	storageTotal: number;
	storageAvailable: number;
	/** The server's own address in webhooks. */
	publicUrl: string;
	/** The delay between the reply to a bulk edit and the change of `modified`. */
	bulkUpdateSeconds: number;
	/**
	 * Whether a bulk edit sets the same `modified` for all documents. On real servers such ties are
	 * rare, because they set one after the other.
	 */
	bulkUpdateTies: boolean;
	/** How many of the next bulk edits and changes of documents find the database locked. */
	lockedWrites: number;
	/** How far the server's clock is ahead of its clients'. */
	secondsAhead: number;
	/** How long clients cannot see a new document that webhooks have already reported. */
	commitSeconds: number;
	/** How long a webhook is ahead of the new `modified` of its document. */
	saveSeconds: number;
	/** How long ago a change was stamped when clients see it, as after a wait for a lock. */
	lockSeconds: number;
	/** Whether documents can become versions of others, as after 3.0. */
	mergesAsVersions: boolean;
	celeryStatus: 'OK' | 'ERROR';
	/** The newest release that the server finds. */
	latestVersion: string;
}

const defaultSettings: Settings = {
	queueSeconds: 0.02,
	workers: 1,
	consumptionSeconds: 0.05,
	ocrSeconds: 0.1,
	deleteDuplicates: false,
	storageTotal: 250e9,
	storageAvailable: 80e9,
	publicUrl: 'http://paperless.test',
	bulkUpdateSeconds: 0,
	bulkUpdateTies: false,
	lockedWrites: 0,
	secondsAhead: 0,
	commitSeconds: 0,
	saveSeconds: 0,
	lockSeconds: 0,
	mergesAsVersions: false,
	deliverySeconds: 0,
	webhookSeconds: 5,
	retrySeconds: [1, 2, 4],
	loseDeliveries: 0,
	repeatDeliveries: 0,
	celeryStatus: 'OK',
	latestVersion: '0.0.0',
};

export interface MailAccount extends Owned {
	name: string;
	imap_server: string;
	imap_port: number | null;
	imap_security: number;
	username: string;
	password: string;
	character_set: string;
	is_token: boolean;
	account_type: number;
}

export interface MailRule extends Owned {
	name: string;
	account: number;
	enabled: boolean;
	order: number;
	folder: string;
	filter_from: string | null;
	filter_to: string | null;
	filter_subject: string | null;
	filter_body: string | null;
	filter_attachment_filename_include: string | null;
	filter_attachment_filename_exclude: string | null;
	/** Days */
	maximum_age: number;
	/** 1 delete, 2 move, 3 mark as read, 4 flag, 5 tag. */
	action: number;
	action_parameter: string | null;
	/** 1 subject, 2 file name, 3 nothing. */
	assign_title_from: number;
	assign_tags: number[];
	assign_correspondent: number | null;
	assign_document_type: number | null;
	assign_owner_from_rule: boolean;
	stop_processing?: boolean;
}

/** A mail on the mail server of the sandbox. */
export interface InboxMail extends Row {
	folder: string;
	from: string;
	to: string;
	subject: string;
	body: string;
	received: string;
	attachments: { fileName: string; text: string }[];
	/** What the actions of rules leave: `seen`, `flagged` or a tag. */
	marks: string[];
}

export interface ProcessedMail extends Owned {
	rule: number;
	folder: string;
	uid: string;
	subject: string;
	received: string;
	processed: string;
	status: string;
	error: string | null;
}

export interface Mail {
	addresses: string[];
	/** Ids as they were asked for, each with the file that went out. */
	attachments: { document: number; checksum: string }[];
}

/** The data of a server. A reset creates a new store, so unfinished work cannot change it. */
export class Store {
	profile: Profile;
	readonly settings: Settings = { ...defaultSettings };
	readonly users: Table<User>;
	readonly groups = new Table<Group>();
	readonly tags = new Table<Tag>();
	readonly correspondents = new Table<Matching>();
	readonly document_types = new Table<Matching>();
	readonly storage_paths = new Table<StoragePath>();
	readonly custom_fields = new Table<CustomField>();
	readonly saved_views = new Table<SavedView>();
	readonly workflows = new Table<Workflow>();
	readonly workflow_triggers = new Table<WorkflowTrigger>();
	readonly workflow_actions = new Table<WorkflowAction>();
	readonly workflow_emails = new Table<Row>();
	readonly workflow_webhooks = new Table<Row>();
	/** The last run of a scheduled workflow for a document. */
	readonly workflowRuns = new Map<string, number>();
	readonly postman: Postman;
	readonly share_links = new Table<ShareLink>();
	readonly share_link_bundles = new Table<ShareLinkBundle>();
	readonly mail_accounts = new Table<MailAccount>();
	readonly mail_rules = new Table<MailRule>();
	readonly processed_mail = new Table<ProcessedMail>();
	readonly inbox = new Table<InboxMail>();
	/** Includes documents in the trash. */
	readonly documents = new Table<Document>();
	readonly tasks = new Table<Task>();
	readonly history = new Table<HistoryEntry>();
	/** The settings that differ from the environment. */
	configuration: Record<string, unknown> = {};
	/** E-mails that the server would have sent. */
	readonly mails: Mail[] = [];
	/** The times of recent requests for a token. */
	tokenRequests: number[] = [];
	/** What the index knows while it lags behind the documents. */
	heldIndex: SearchDocument[] | undefined;
	/** The permissions for which requests looked, whether the user had them or not. */
	readonly askedPermissions = new Set<string>();
	readonly clock: Clock;
	readonly queue: Queue;
	#lastMicros = 0;
	#lastNote = 0;
	#lastInstance = 0;

	constructor(profile: Profile, clock = new Clock()) {
		this.profile = profile;
		this.users = new Table<User>(profile.firstUserId);
		this.clock = clock;
		this.queue = new Queue(clock, () => this.settings.workers);
		this.postman = new Postman(clock);
	}

	date(): Date {
		return new Date(this.clock.now() + this.settings.secondsAhead * 1000);
	}

	/**
	 * Strictly ascending in UTC and never on a full millisecond, so times can be compared as texts.
	 */
	now(): string {
		this.#lastMicros = Math.max(this.#lastMicros + 1, this.date().getTime() * 1000 + 137);
		const millis = new Date(Math.floor(this.#lastMicros / 1000)).toISOString().slice(0, -1);
		return `${millis}${String(this.#lastMicros % 1000).padStart(3, '0')}Z`;
	}

	/** Not in order with other stamps after a wait for a lock. */
	#stamp(): string {
		const { lockSeconds } = this.settings;
		if (lockSeconds === 0) return this.now();
		const stamped = new Date(this.date().getTime() - lockSeconds * 1000);
		return `${stamped.toISOString().slice(0, -1)}042Z`;
	}

	today(): string {
		return this.date().toISOString().slice(0, 10);
	}

	nextNoteId(): number {
		return ++this.#lastNote;
	}

	nextInstanceId(): number {
		return ++this.#lastInstance;
	}

	hash(bytes: Uint8Array): string {
		return createHash(this.profile.checksum).update(bytes).digest('hex');
	}

	livingDocuments(): Document[] {
		return this.documents.filter(
			({ deleted_at: deleted, root }) => deleted === null && root === null,
		);
	}

	/** Takes over the data of another store, which stays as it is. */
	copy(other: Store): void {
		const tables = other as unknown as Record<string, unknown>;
		for (const [name, table] of Object.entries(this)) {
			if (table instanceof Table) table.copy(tables[name] as Table<Row>);
		}
		this.configuration = structuredClone(other.configuration);
		this.#lastMicros = other.#lastMicros;
		this.#lastNote = other.#lastNote;
		this.#lastInstance = other.#lastInstance;
	}

	/** As after webhooks, which the server sends before it saves. */
	save(document: Document, at?: string): void {
		const { saveSeconds } = this.settings;
		if (saveSeconds === 0) this.touch(document, at);
		else void this.clock.sleep(saveSeconds).then(() => this.touch(document, at));
	}

	touch(document: Document, at = this.#stamp()): void {
		document.modified = at;
		document.indexed = document.modified;
	}
}

/** Derived from the user name, so scripts know the token before the server runs. */
export const tokenOf = (username: string): string =>
	createHash('sha1').update(`sandbox token of ${username}`).digest('hex');
