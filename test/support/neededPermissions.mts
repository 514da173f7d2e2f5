import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from './sandbox.mts';

/** What a user needs for something, as it was seen with users who lack one permission at a time. */
export type Needs = {
	/** Without one of them it is refused. */
	needed: string[];
	/** Without one of them it goes on, but a request was refused: with IDs in place of names, for instance. */
	used: string[];
	/** What a user with all permissions needs besides. */
	mark?: 'Admin' | 'Superuser';
};

/** Does something as the user who is watched; answers why it was refused, or nothing. */
export type Attempt = () => Promise<string | undefined>;

const filingLists = ['tags', 'correspondents', 'document_types', 'storage_paths'];
const otherLists = ['saved_views', 'mail_accounts', 'mail_rules'];

/** The user “reader” of a sandbox, whose permissions come and go. */
export class WatchedUser {
	private readonly sandbox: Sandbox;
	private readonly furnish: () => Promise<unknown>;
	private id = 0;
	private admin = 0;
	private all: string[] = [];

	/** `furnish` gives everything something to work on, in a sandbox that was reset. */
	constructor(sandbox: Sandbox, furnish: () => Promise<unknown>) {
		this.sandbox = sandbox;
		this.furnish = furnish;
	}

	/** An archive in which everything belongs to nobody, or to somebody who shares it all. */
	async begin(isShared = false): Promise<void> {
		const { sandbox } = this;
		await sandbox.reset();
		const { results: users } = await sandbox.api<{ results: IDataObject[] }>('GET', 'users/');
		const idOf = (name: string) => Number(users.find(({ username }) => username === name)?.id);
		this.id = idOf('reader');
		this.admin = idOf('admin');
		const { permissions } = await sandbox.api<{ permissions: string[] }>('GET', 'ui_settings/');
		this.all = permissions;
		await this.share(isShared);
		await this.grant();
		await this.furnish();
		await this.share(isShared);
		await sandbox.forgetRequests();
		await sandbox.forgetPermissions();
	}

	private async share(isShared: boolean): Promise<void> {
		const { sandbox } = this;
		const users = isShared ? [this.id] : [];
		const permissions = {
			owner: isShared ? this.admin : null,
			set_permissions: { view: { users, groups: [] }, change: { users, groups: [] } },
		};
		const idsOf = async (path: string) =>
			(
				await sandbox.api<{ results: Array<{ id: number }> }>('GET', `${path}/?page_size=100`)
			).results.map(({ id }) => id);
		await sandbox.api('POST', 'documents/bulk_edit/', {
			documents: await idsOf('documents'),
			method: 'set_permissions',
			parameters: permissions,
		});
		for (const path of filingLists)
			await sandbox.api('POST', 'bulk_edit_objects/', {
				objects: await idsOf(path),
				object_type: path,
				operation: 'set_permissions',
				...permissions,
				permissions: permissions.set_permissions,
			});
		for (const path of otherLists)
			for (const id of await idsOf(path)) await sandbox.api('PATCH', `${path}/${id}/`, permissions);
	}

	/** All permissions but one, and the marks of a user. */
	private async grant(missing?: string, marks: IDataObject = {}): Promise<void> {
		await this.sandbox.api('PATCH', `users/${this.id}/`, {
			user_permissions: this.all.filter((name) => name !== missing),
			is_staff: false,
			is_superuser: false,
			...marks,
		});
	}

	/** Whether something was written since the requests were forgotten. */
	private async hasWritten(): Promise<boolean> {
		const requests = await this.sandbox.requests();
		return requests.some(
			({ method, path, status }) =>
				method !== 'GET' && status < 400 && path !== `/api/users/${this.id}/`,
		);
	}

	/** What an attempt needs. The archive is in order before and after. */
	async needsOf(attempt: Attempt): Promise<Needs> {
		const { sandbox } = this;
		const tidy = async () => {
			const isTouched = await this.hasWritten();
			await sandbox.forgetRequests();
			if (isTouched) await this.begin();
		};
		const tried = async (missing?: string, marks?: IDataObject) => {
			await this.grant(missing, marks);
			await sandbox.forgetRequests();
			await sandbox.forgetPermissions();
			return await attempt();
		};

		let usual = await tried();
		let mark: Needs['mark'];
		for (const [name, marks] of [
			['Admin', { is_staff: true }],
			['Superuser', { is_superuser: true }],
		] as const) {
			if (!usual?.includes(`“${name}”`)) continue;
			usual = await tried(undefined, marks);
			mark = name;
		}
		const asked = await sandbox.askedPermissions();
		await tidy();

		const needed: string[] = [];
		const used: string[] = [];
		const candidates = asked.filter((name) => this.all.includes(name)).sort();
		for (const permission of mark === undefined ? candidates : []) {
			const answer = await tried(permission);
			const isRefused = (await sandbox.requests()).some(({ status }) => status === 403);
			if (answer !== usual) needed.push(permission);
			else if (isRefused) used.push(permission);
			await tidy();
		}
		await this.grant();
		return { needed, used, ...(mark && { mark }) };
	}

	/** Whether an attempt is for owners only, in an archive that somebody else shares: `begin(true)` comes first. */
	async isRefusedWhenShared(attempt: Attempt): Promise<boolean> {
		await this.sandbox.forgetRequests();
		const answer = await attempt();
		if (await this.hasWritten()) await this.begin(true);
		return /owner/i.test(answer ?? '');
	}
}
