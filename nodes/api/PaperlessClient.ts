import { z } from 'zod';
import type { Collection } from './collection';
import { collection } from './collection';
import type { Wait } from './connection';
import { Connection } from './connection';
import type { DocumentsApi } from './documents';
import { documents } from './documents';
import type { CustomField, Named, SavedView } from './schemas/named';
import {
	customFieldSchema,
	namedSchema,
	savedViewSchema,
	tagSchema,
	userSchema,
} from './schemas/named';
import type { Server } from './server';
import type { TasksApi } from './tasks';
import { tasks } from './tasks';
import type { HttpTransport } from './transport';

export type NamedDraft = { name: string; matching_algorithm?: number; owner?: number | null };

/** What the server offers, by its own words. */
export class PaperlessClient {
	private readonly connection: Connection;
	readonly documents: DocumentsApi;
	readonly tasks: TasksApi;
	readonly correspondents: Collection<Named, NamedDraft>;
	readonly documentTypes: Collection<Named, NamedDraft>;
	readonly storagePaths: Collection<Named, NamedDraft & { path: string }>;
	readonly tags: Collection<Named, NamedDraft>;
	readonly customFields: Collection<CustomField, { name: string; data_type: string }>;
	readonly savedViews: Collection<SavedView, { name: string }>;
	readonly users: Collection<Named, { username: string }>;
	readonly groups: Collection<Named, { name: string; permissions: string[] }>;

	constructor(transport: HttpTransport, wait: Wait) {
		const connection = new Connection(transport, wait);
		this.connection = connection;
		this.documents = documents(connection);
		this.tasks = tasks(connection);
		this.correspondents = collection(connection, 'correspondents', namedSchema);
		this.documentTypes = collection(connection, 'document_types', namedSchema);
		this.storagePaths = collection(connection, 'storage_paths', namedSchema);
		this.tags = collection(connection, 'tags', tagSchema);
		this.customFields = collection(connection, 'custom_fields', customFieldSchema);
		this.savedViews = collection(connection, 'saved_views', savedViewSchema);
		this.users = collection(connection, 'users', userSchema);
		this.groups = collection(connection, 'groups', namedSchema);
	}

	get baseUrl(): string {
		return this.connection.baseUrl;
	}

	/** Proves address and token with a request that every user may make, whatever the permissions. */
	async check(): Promise<Server> {
		await this.connection.get('api/config/', {}, z.array(z.unknown()));
		return await this.connection.server();
	}

	async server(): Promise<Server> {
		return await this.connection.server();
	}
}
