import { PaperlessError } from '../api/errors';
import type { CreatableKind } from '../api/kinds';
import type { NameDirectory } from '../api/nameDirectory';
import type { Reference } from '../api/reference';
import { textOf } from '../api/reference';
import { foldedName } from '../api/readName';

/** A text from outside, such as the subject of an e-mail, may be split into thousands of names. */
const mostCreations = 50;

/** Rejects a field that would create more names than a workflow can mean. */
export async function requireFewCreations(
	names: NameDirectory,
	kind: CreatableKind,
	references: readonly Reference[],
	parameter?: string,
): Promise<void> {
	await names.prepare(kind, references, true);
	const missing = new Set<string>();
	for (const reference of references) {
		const id = await names.knownId(kind, reference, parameter);
		if (id === undefined) missing.add(foldedName(textOf(reference)));
	}
	if (missing.size <= mostCreations) return;
	throw new PaperlessError('invalid', `${missing.size} names do not exist yet`, {
		description: `“Create If Missing” creates at most ${mostCreations} names for a field. A text is split at its commas; if it is one name, write it as a list, e.g. {{ [$json.subject] }}. Otherwise create the names first.`,
		parameter,
	});
}
