import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { Collection } from '../api/collection';
import { asError } from '../api/errors';
import { wholeList } from '../api/kinds';
import type { PaperlessClient } from '../api/paperlessClient';
import { paperlessClient } from '../api/paperlessClient';
import type { CustomField, Named } from '../api/schemas/named';
import type { WebPage } from '../api/webPages';
import { unlessForbidden } from '../api/unlessForbidden';
import { columnOfField, viewColumns } from '../api/viewColumns';
import { webPages } from '../api/webPages';
import { clock } from './clock';
import { correspondentNames } from './correspondentNames';
import { harmless } from './harmless';
import { labelWithHint } from './labelWithHint';
import { ownersOfTwins } from './ownersOfTwins';
import { pathsOfTags } from './pathsOfTags';
import { credentialType, N8nTransport } from './n8nTransport';
import { pauseUntil } from './pauseUntil';
import { toNodeError } from './toNodeError';

/** A screenful with room to scroll; some 30 kB, whatever the number of objects on the server. */
const rowsPerPage = 100;

/** Milliseconds for a list of the panel. Nobody waits longer, and n8n cannot cancel it. */
const patience = 120_000;

type Listed = Pick<Collection<Named, never>, 'list' | 'page' | 'path'>;

/** Every list of the panel comes from here, so none can forget that its texts are the server’s. */
export async function withClient<T extends object>(
	context: ILoadOptionsFunctions,
	work: (client: PaperlessClient, route: string) => Promise<T>,
): Promise<T> {
	try {
		const credentials = await context.getCredentials(credentialType);
		const signal = clock.deadline(patience);
		const transport = new N8nTransport(context, credentials, { signal });
		const route = JSON.stringify([transport.baseUrl, transport.credential]);
		return harmless(await work(paperlessClient(transport, pauseUntil(signal)), route));
	} catch (thrown) {
		throw toNodeError(context.getNode(), asError(thrown), 0, []);
	}
}

/** One page of choices. n8n requests the next page on scrolling. */
async function choices<T>(
	paginationToken: string | undefined,
	read: (page: number) => Promise<{ results: T[]; more: boolean }>,
	choice: (row: T) => INodeListSearchItems,
): Promise<INodeListSearchResult> {
	const page = Number(paginationToken ?? 1);
	const { results, more } = await read(page);
	return { results: results.map(choice), ...(more && { paginationToken: String(page + 1) }) };
}

const namedChoice =
	({ webUrl }: PaperlessClient, page?: WebPage) =>
	({ id, name }: Named): INodeListSearchItems => ({
		name,
		value: String(id),
		...(page && { url: `${webUrl}/${page.of(id)}` }),
	});

/** Lets the server search for the typed words. */
const searchNamed = (
	listOf: (client: PaperlessClient) => Listed,
	page?: WebPage,
	labeled: (client: PaperlessClient, rows: Named[]) => Promise<Named[]> = ownersOfTwins,
) =>
	async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		return await withClient(this, async (client) => {
			const query = { ordering: 'name', ...(filter && { name__icontains: filter }) };
			const read = async (number: number) => {
				const { results, more } = await listOf(client).page(query, number, rowsPerPage);
				return { results: await labeled(client, results), more };
			};
			return await choices(paginationToken, read, namedChoice(client, page));
		});
	};

const underWay = new Map<string, Promise<Named[]>>();

/** n8n loads the choices of every field of a node at once, and several fields may show one long list. */
export async function sharedList<T extends Named>(
	list: Pick<Collection<T, never>, 'list' | 'path'>,
	route: string,
): Promise<T[]> {
	const key = `${route} ${list.path}`;
	const reading = (underWay.get(key) as Promise<T[]> | undefined) ?? list.list({}, wholeList);
	underWay.set(key, reading);
	try {
		return await reading;
	} finally {
		underWay.delete(key);
	}
}

/** The whole list at once, because a multiple choice of n8n has no pages. */
const loadNamed = (listOf: (client: PaperlessClient) => Listed) =>
	async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await withClient(this, async (client, route) => {
			const rows = await sharedList(listOf(client), route);
			return rows
				.map(({ id, name }) => ({ name, value: id }))
				.sort((a, b) => a.name.localeCompare(b.name));
		});
	};

/**
 * A page of the documents that hold the words in their title, content or correspondent, with the
 * correspondents by name. A number is also looked up as a serial number and as an id.
 */
async function foundDocuments(client: PaperlessClient, filter: string | undefined, page: number) {
	const shown = { fields: 'id,title,created,correspondent', ordering: '-added,-id' };
	const number = page === 1 && /^\d{1,9}$/.test(filter?.trim() ?? '') ? filter?.trim() : undefined;
	const [numbered, { results, more }] = await Promise.all([
		number === undefined
			? []
			: Promise.all([
					client.documents.list({ ...shown, archive_serial_number: number }),
					client.documents.list({ ...shown, id__in: number }),
				]),
		client.documents.page({ ...shown, ...(filter && { search: filter }) }, page, rowsPerPage),
	]);
	const rows = [...new Map([...numbered.flat(), ...results].map((row) => [row.id, row])).values()];
	const names = await correspondentNames(
		client,
		rows.map(({ correspondent }) => correspondent as number | null),
	);
	return {
		results: rows.map(({ id, title, created, correspondent }) => ({
			id,
			title,
			created,
			correspondent: names.get(correspondent as number),
		})),
		more,
	};
}

export const listSearch = {
	async searchDocuments(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		return await withClient(this, async (client) => {
			const read = (page: number) => foundDocuments(client, filter, page);
			return await choices(paginationToken, read, ({ id, title, created, correspondent }) => ({
				name: `${title || 'Untitled'} (${[String(created).slice(0, 10), correspondent, `#${id}`].filter(Boolean).join(', ')})`,
				value: String(id),
				url: `${client.webUrl}/${webPages.document.of(id)}`,
			}));
		});
	},
	searchCorrespondents: searchNamed((client) => client.correspondents, webPages.correspondent),
	searchDocumentTypes: searchNamed((client) => client.documentTypes, webPages.documentType),
	searchStoragePaths: searchNamed((client) => client.storagePaths, webPages.storagePath),
	searchCustomFields: searchNamed((client) => client.customFields),
	searchGroups: searchNamed((client) => client.groups),
	searchTags: searchNamed((client) => client.tags, webPages.tag, pathsOfTags),
	/** The server has no filter by name for these kinds, so their lists are searched here. */
	searchMailAccounts: searchWholeList((client) => client.mailAccounts),
	searchMailRules: searchWholeList((client) => client.mailRules),
	searchSavedViews: searchWholeList((client) => client.savedViews, webPages.savedView),
	searchUsers: searchWholeList((client) => client.users),
	searchWorkflows: searchWholeList((client) => client.workflows),
};

function searchWholeList(
	listOf: (client: PaperlessClient) => Pick<Listed, 'list'>,
	page?: WebPage,
) {
	return async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		return await withClient(this, async (client) => {
			const rows = await listOf(client).list({}, wholeList);
			const wanted = filter.toLowerCase();
			return {
				results: rows
					.filter(({ name }) => name.toLowerCase().includes(wanted))
					.map(namedChoice(client, page)),
			};
		});
	};
}

export const loadOptions = {
	getCorrespondents: loadNamed((client) => client.correspondents),
	getCustomFields: loadNamed((client) => client.customFields),
	getDocumentTypes: loadNamed((client) => client.documentTypes),
	getGroups: loadNamed((client) => client.groups),
	getStoragePaths: loadNamed((client) => client.storagePaths),
	getTags: loadNamed((client) => client.tags),
	getUsers: loadNamed((client) => client.users),
	/** Who may not see custom fields chooses among the other columns. */
	async getViewColumns(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await withClient(this, async (client, route) => {
			const fields = await unlessForbidden(sharedList(client.customFields, route), []);
			return [
				...viewColumns,
				...fields
					.map(({ id, name }) => ({ name, value: columnOfField(id) }))
					.sort((a, b) => a.name.localeCompare(b.name)),
			];
		});
	},
};

const mapperTypes = new Map<string, ResourceMapperField['type']>([
	['boolean', 'boolean'],
	['date', 'dateTime'],
	['documentlink', 'string'],
	['float', 'number'],
	['integer', 'number'],
	['monetary', 'string'],
	['select', 'options'],
]);

/** The ids that servers make are letters and digits; any other text is somebody’s. */
const plainId = /^[\w-]+$/;

export const selectChoices = ({ extra_data }: CustomField): INodePropertyOptions[] =>
	(extra_data?.select_options ?? []).flatMap((option) =>
		option && plainId.test(option.id) ? [{ name: option.label, value: option.id }] : [],
	);

function mapperField(field: CustomField): ResourceMapperField {
	const { id, name, data_type } = field;
	return {
		id: String(id),
		displayName: labelWithHint(name, data_type),
		required: false,
		defaultMatch: false,
		display: true,
		type: mapperTypes.get(data_type) ?? 'string',
		...(data_type === 'select' && { options: selectChoices(field) }),
	};
}

export const resourceMapping = {
	/** The server's custom fields with their types; the options of a select field by their labels. */
	async mapCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		return await withClient(this, async (client) => {
			const fields = await client.customFields.list({}, wholeList);
			return {
				fields: fields.sort((a, b) => a.name.localeCompare(b.name)).map(mapperField),
				emptyFieldsNotice: 'There are no custom fields yet. Create them in Paperless-ngx first.',
			};
		});
	},
};
