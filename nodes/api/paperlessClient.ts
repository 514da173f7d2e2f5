import { z } from 'zod';
import type { ObjectDraft } from './bulkEditObjects';
import { bulkEditObjects } from './bulkEditObjects';
import { collection } from './collection';
import type { Wait } from './connection';
import { Connection } from './connection';
import { documents } from './documents';
import type { HttpTransport } from './httpTransport';
import { mailAccounts } from './mailAccounts';
import { notes } from './notes';
import { processedMail } from './processedMail';
import type { Group, GroupDraft } from './schemas/group';
import { groupSchema } from './schemas/group';
import { rawCalls } from './rawCalls';
import type { MailRule, MailRuleDraft } from './schemas/mailRule';
import { mailRuleSchema } from './schemas/mailRule';
import type {
	CustomField,
	CustomFieldDraft,
	Named,
	SavedView,
	SavedViewDraft,
	Tag,
} from './schemas/named';
import { customFieldSchema, namedSchema, savedViewSchema, tagSchema } from './schemas/named';
import type { Workflow, WorkflowDraft } from './schemas/workflow';
import { workflowSchema } from './schemas/workflow';
import { search } from './search';
import type { Capability, Server } from './server';
import { shareLinkBundles, shareLinks } from './shareLinks';
import { system } from './system';
import { tasks } from './tasks';
import { trash } from './trash';
import { userAccounts } from './userAccounts';
import { versions } from './versions';

/** The Paperless-ngx API, one property per resource. */
export type PaperlessClient = ReturnType<typeof paperlessClient>;

/**
 * `wait` pauses between two attempts of a read and between two looks at a task. It throws when the
 * execution is canceled.
 */
export function paperlessClient(transport: HttpTransport, wait: Wait) {
	const connection = new Connection(transport, wait);
	return {
		baseUrl: transport.baseUrl,
		/** Where people open Paperless-ngx, for links. */
		webUrl: transport.webUrl ?? transport.baseUrl,
		wait,
		/** When the server sent its last reply, in milliseconds since 1970: one clock for all its clients. */
		get serverTime(): number | undefined {
			return connection.serverTime;
		},
		/** The version of the server and what it can do. */
		server: (): Promise<Server> => connection.server(),
		/** The same, with a look at a server that this client has not met yet: it may be newer by now. */
		currentServer: (): Promise<Server> => connection.currentServer(),
		/** Throws an error of the kind `unsupported` where the server is still too old. */
		require: (capability: Capability): Promise<Server> => connection.require(capability),
		/** Proves address and token with a request that every user may make, whatever the permissions. */
		async check(): Promise<Server> {
			connection.forget();
			await connection.get('api/config/', {}, z.array(z.unknown()));
			return await connection.server();
		},

		documents: documents(connection),
		notes: notes(connection),
		versions: versions(connection),
		shareLinks: shareLinks(connection),
		shareLinkBundles: shareLinkBundles(connection),
		trash: trash(connection),
		tasks: tasks(connection),
		search: search(connection),
		system: system(connection),
		raw: rawCalls(connection),

		correspondents: collection<Named, ObjectDraft>(connection, 'correspondents', namedSchema),
		documentTypes: collection<Named, ObjectDraft>(connection, 'document_types', namedSchema),
		storagePaths: collection<Named, ObjectDraft>(connection, 'storage_paths', namedSchema),
		tags: collection<Tag, ObjectDraft>(connection, 'tags', tagSchema),
		bulkEditObjects: bulkEditObjects(connection),
		/** Returns where a template would file a document; null where the template yields nothing. */
		testStoragePath: (path: string, document: number): Promise<string | null> =>
			connection.send(
				'POST',
				'api/storage_paths/test/',
				{ json: { path, document } },
				z.string().nullable(),
			),

		customFields: collection<CustomField, CustomFieldDraft>(
			connection,
			'custom_fields',
			customFieldSchema,
		),
		savedViews: collection<SavedView, SavedViewDraft>(connection, 'saved_views', savedViewSchema),
		workflows: collection<Workflow, WorkflowDraft>(connection, 'workflows', workflowSchema),
		mailAccounts: mailAccounts(connection),
		mailRules: collection<MailRule, MailRuleDraft>(connection, 'mail_rules', mailRuleSchema),
		processedMail: processedMail(connection),
		users: userAccounts(connection),
		groups: collection<Group, GroupDraft>(connection, 'groups', groupSchema),
	};
}
