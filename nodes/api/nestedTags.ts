import { z } from 'zod';
import type { Tag } from './schemas/named';
import { tagSchema } from './schemas/named';

const children = z.array(tagSchema);

/** The tag and all tags below it; `undefined` where the server did not send them with it. */
export function nestedTags(tag: Tag): Tag[] | undefined {
	const { data } = children.safeParse(tag.children);
	const below = data?.map(nestedTags);
	return below?.every((tags) => tags !== undefined) ? [tag, ...below.flat()] : undefined;
}
