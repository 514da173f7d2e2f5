import type { Listing } from './collection';
import type { PaperlessClient } from './paperlessClient';
import type { Named } from './schemas/named';

type KindRow = {
	of: (api: PaperlessClient) => Pick<Listing<Named>, 'list' | 'path'>;
	/** What messages call it. */
	noun: string;
};

/** The kinds of objects that people choose by name. */
export const kinds = {
	correspondent: { of: (api: PaperlessClient) => api.correspondents, noun: 'correspondent' },
	customField: { of: (api: PaperlessClient) => api.customFields, noun: 'custom field' },
	documentType: { of: (api: PaperlessClient) => api.documentTypes, noun: 'document type' },
	group: { of: (api: PaperlessClient) => api.groups, noun: 'group' },
	mailAccount: { of: (api: PaperlessClient) => api.mailAccounts, noun: 'mail account' },
	mailRule: { of: (api: PaperlessClient) => api.mailRules, noun: 'mail rule' },
	savedView: { of: (api: PaperlessClient) => api.savedViews, noun: 'saved view' },
	storagePath: { of: (api: PaperlessClient) => api.storagePaths, noun: 'storage path' },
	tag: { of: (api: PaperlessClient) => api.tags, noun: 'tag' },
	user: { of: (api: PaperlessClient) => api.users, noun: 'user' },
	workflow: { of: (api: PaperlessClient) => api.workflows, noun: 'workflow' },
} satisfies Record<string, KindRow>;

export type Kind = keyof typeof kinds;

/** An object of a kind, as the server lists it. */
export type ObjectOf<K extends Kind> = Awaited<
	ReturnType<ReturnType<(typeof kinds)[K]['of']>['list']>
>[number];

/** Kinds that a name alone is enough to create. */
export type CreatableKind = 'correspondent' | 'documentType' | 'tag';

/** Lists of names are short rows: one request holds them all in most archives. */
export const wholeList = { pageSize: 10_000 };
