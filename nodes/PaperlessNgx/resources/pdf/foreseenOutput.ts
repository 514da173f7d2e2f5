import { briefDocuments } from '../../../documents/briefDocuments';
import type { Context, Json, Output } from '../../../toolkit/operation';
import type { Pdf } from './loadPdfs';

type Foreseen = {
	/** Pages of what would be made, where their number is known. */
	pages?: number | undefined;
	/** Whether the sources would go to the trash. */
	deletes: boolean;
};

/** The output of a dry run: what would be made of which documents, and what would be deleted. */
export async function foreseenOutput(
	{ api }: Context,
	sources: readonly Pdf[],
	{ pages, deletes }: Foreseen,
	more: Json = {},
): Promise<Output[]> {
	const ids = sources.map(({ id }) => id);
	const briefs = await briefDocuments(api, ids);
	const originals = ids.map((id) => {
		const brief = briefs.get(id);
		return brief instanceof Error ? { id } : { id, title: brief?.title };
	});
	const json = {
		dry_run: true,
		originals,
		originals_deleted: deletes,
		...(pages !== undefined && { pages }),
		...more,
	};
	return [{ json }];
}
