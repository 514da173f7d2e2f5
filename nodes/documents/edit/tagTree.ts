import type { Tag } from '../../api/schemas/named';

/**
 * The tags that an edit is about, with those above and below them, as far as the token's user sees
 * them. Before 2.19 no tag has a parent.
 */
export class TagTree {
	private readonly tags: ReadonlyMap<number, Tag>;
	private readonly children: ReadonlyMap<number, readonly number[]>;
	private readonly isReadable: boolean;

	/** Without tags the user may see none. */
	constructor(tags?: readonly Tag[]) {
		this.isReadable = tags !== undefined;
		this.tags = new Map(tags?.map((tag) => [tag.id, tag]));
		const children = new Map<number, number[]>();
		for (const { id, parent } of tags ?? []) {
			if (typeof parent !== 'number') continue;
			const siblings = children.get(parent);
			if (siblings) siblings.push(id);
			else children.set(parent, [id]);
		}
		this.children = children;
	}

	/** The tag and all tags above it. */
	upwards(id: number): number[] {
		const parent = this.tags.get(id)?.parent;
		return typeof parent === 'number' ? [id, ...this.upwards(parent)] : [id];
	}

	/** The tag and all tags below it. */
	downwards(id: number): number[] {
		return [id, ...(this.children.get(id) ?? []).flatMap((child) => this.downwards(child))];
	}

	/** Whether the tags are known, but not this one. */
	isUnknown(id: number): boolean {
		return this.isReadable && !this.tags.has(id);
	}

	isInbox(id: number): boolean {
		return this.tags.get(id)?.is_inbox_tag === true;
	}

	get inboxTags(): number[] {
		return [...this.tags.keys()].filter((id) => this.isInbox(id));
	}

	name(id: number): string {
		return this.tags.get(id)?.name ?? `ID ${id}`;
	}
}
