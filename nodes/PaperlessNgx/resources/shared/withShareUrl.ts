import type { Json } from '../../../toolkit/operation';

/** Adds the address at which people open a share link or a bundle. */
export const withShareUrl = <T extends { slug: string }>(link: T, webUrl: string): Json => ({
	...link,
	url: `${webUrl}/share/${encodeURIComponent(link.slug)}`,
});
