import { z } from 'zod';
import type { Collection, Listing } from './collection';
import { collection, listing } from './collection';
import type { Wait } from './connection';
import { Connection } from './connection';
import { documentParts } from './documentParts';
import type { DocumentsApi } from './documents';
import { documents } from './documents';
import { notes } from './notes';
import type { ObjectDraft } from './bulkEditObjects';
import { bulkEditObjects } from './bulkEditObjects';
import type {
	CustomField,
	CustomFieldDraft,
	Named,
	SavedView,
	SavedViewDraft,
	Tag,
} from './schemas/named';
import {
	customFieldSchema,
	namedSchema,
	savedViewSchema,
	tagSchema,
	userSchema,
} from './schemas/named';
import type { Workflow, WorkflowDraft } from './schemas/workflow';
import { workflowSchema } from './schemas/workflow';
import type { Server } from './server';
import { shareLinkBundles, shareLinks } from './shareLinks';
import { search, system } from './system';
import type { TasksApi } from './tasks';
import { tasks } from './tasks';
import type { HttpTransport } from './httpTransport';
import { trash } from './trash';
import { versions } from './versions';

/** What the server offers, by its own words. */
export class PaperlessClient {
	private readonly connection: Connection;
	readonly documents: DocumentsApi;
	readonly tasks: TasksApi;
	readonly notes: ReturnType<typeof notes>;
	readonly parts: ReturnType<typeof documentParts>;
	readonly shareLinks: ReturnType<typeof shareLinks>;
	readonly shareLinkBundles: ReturnType<typeof shareLinkBundles>;
	readonly trash: ReturnType<typeof trash>;
	readonly versions: ReturnType<typeof versions>;
	readonly search: ReturnType<typeof search>;
	readonly system: ReturnType<typeof system>;
	readonly correspondents: Collection<Named, ObjectDraft>;
	readonly documentTypes: Collection<Named, ObjectDraft>;
	readonly storagePaths: Collection<Named, ObjectDraft>;
	readonly tags: Collection<Tag, ObjectDraft>;
	readonly bulkEditObjects: ReturnType<typeof bulkEditObjects>;
	readonly customFields: Collection<CustomField, CustomFieldDraft>;
	readonly savedViews: Collection<SavedView, SavedViewDraft>;
	readonly workflows: Collection<Workflow, WorkflowDraft>;
	readonly users: Listing<Named>;
	readonly groups: Listing<Named>;

	constructor(transport: HttpTransport, wait: Wait) {
		const connection = new Connection(transport, wait);
		this.connection = connection;
		this.documents = documents(connection);
		this.tasks = tasks(connection);
		this.notes = notes(connection);
		this.parts = documentParts(connection);
		this.shareLinks = shareLinks(connection);
		this.shareLinkBundles = shareLinkBundles(connection);
		this.trash = trash(connection);
		this.versions = versions(connection);
		this.search = search(connection);
		this.system = system(connection);
		this.correspondents = collection(connection, 'correspondents', namedSchema);
		this.documentTypes = collection(connection, 'document_types', namedSchema);
		this.storagePaths = collection(connection, 'storage_paths', namedSchema);
		this.tags = collection(connection, 'tags', tagSchema);
		this.bulkEditObjects = bulkEditObjects(connection);
		this.customFields = collection(connection, 'custom_fields', customFieldSchema);
		this.savedViews = collection(connection, 'saved_views', savedViewSchema);
		this.workflows = collection(connection, 'workflows', workflowSchema);
		this.users = listing(connection, 'users', userSchema);
		this.groups = listing(connection, 'groups', namedSchema);
	}

	get baseUrl(): string {
		return this.connection.baseUrl;
	}

	/** One clock for all who use the server, as of its last reply; in milliseconds. */
	get serverTime(): number | undefined {
		return this.connection.serverTime;
	}

	/** For operations that look again later; ends early by throwing when the execution is cancelled. */
	get wait(): Wait {
		return this.connection.wait;
	}

	/** Proves address and token with a request that every user may make, whatever the permissions. */
	async check(): Promise<Server> {
		this.connection.forget();
		await this.connection.get('api/config/', {}, z.array(z.unknown()));
		return await this.connection.server();
	}

	/** Where a document would be filed by a template; null where the template yields nothing. */
	async testStoragePath(path: string, document: number): Promise<string | null> {
		const json = { path, document };
		return await this.connection.send(
			'POST',
			'api/storage_paths/test/',
			{ json },
			z.string().nullable(),
		);
	}

	async server(): Promise<Server> {
		return await this.connection.server();
	}
}
