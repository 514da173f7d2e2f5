import { asError, isPaperlessError, PaperlessError } from '../../../../api/errors';
import type { Tag } from '../../../../api/schemas/named';
import { contentParameters, outputParameters } from '../../../../documents/output/outputParameters';
import { presentById } from '../../../../documents/output/presentById';
import { presentationOf } from '../../../../documents/output/presentation';
import { groupBy } from '../../../../toolkit/groupBy';
import type { ItemCall, Context, Outcome } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameter';
import { oneOf, oneOrNew, optionsParameter } from '../../../../toolkit/parameterBuilders';
import { toReference } from '../../../../toolkit/references';
import type { Queue } from './claim';
import { claim } from './claim';

const parameters = [
	{
		...oneOf('Tag', 'tag', 'searchTags', 'To Do'),
		required: true,
		description:
			'The queue: documents with this tag wait to be taken, the oldest first. Tags below it are taken off together with it.',
	},
	{
		...oneOrNew('Replace With', 'replaceWith', 'searchTags', 'In Progress'),
		required: true,
		description: 'The tag that replaces the tag of the queue when a document is taken',
	},
	...outputParameters,
	optionsParameter([
		...contentParameters,
		{
			displayName: 'Documents per Item',
			name: 'documentsPerItem',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500, numberPrecision: 0 },
			default: 1,
			description: 'Maximum number of documents that each input item takes',
		},
		{
			displayName: 'Wait For Turn',
			name: 'waitForTurn',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 60,
			description: 'Seconds to wait while other workers take documents from the same queue',
		},
	]),
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof parameters>;
type ClaimCall = ItemCall<Values>;

/** The tag and all tags above it. */
function withAncestors(tag: Tag, tags: ReadonlyMap<number, Tag>): Tag[] {
	const parent = tags.get(tag.parent ?? 0);
	return parent ? [tag, ...withAncestors(parent, tags)] : [tag];
}

async function queueOf({ names }: Context, values: Values): Promise<Queue> {
	const { tag, replaceWith, options } = values;
	const from = await names.find('tag', toReference(tag, 'Tag'), 'tag');
	const to = await names.find('tag', toReference(replaceWith, 'Replace With'), 'replaceWith');
	const tags = new Map((await names.tagsAround([to.id])).map((one) => [one.id, one]));
	// The server adds the tags above a tag as well, so the document would stay in the queue
	// (docs/paperless-api.md#parent-tags).
	if (withAncestors(to, tags).some(({ id }) => id === from.id)) {
		throw new PaperlessError('invalid', `“${to.name}” would leave the documents in the queue`, {
			description: `It is “${from.name}” itself or below that tag. Choose another tag.`,
			parameter: 'replaceWith',
		});
	}
	return { tag: from.id, replaceWith: to.id, waitForTurn: options.waitForTurn ?? 60 };
}

const documentsWanted = ({ values: { options } }: ClaimCall) => options.documentsPerItem ?? 1;

/** Claimed documents have left the queue, so the error must name them. */
const withClaimed = (error: Error, ids: readonly number[]): Error =>
	ids.length > 0 && isPaperlessError(error)
		? error.adding(`Already claimed: ${ids.join(', ')}.`)
		: error;

/** Claims in one turn for items that ask for the same, and shares the documents out in order. */
async function claimTogether(
	context: Context,
	calls: readonly [ClaimCall, ...ClaimCall[]],
): Promise<Outcome[]> {
	const [{ values }] = calls;
	const queue = await queueOf(context, values);
	const count = calls.reduce((sum, call) => sum + documentsWanted(call), 0);
	const { ids, error } = await claim(context, queue, count);
	const documents = await presentById(context, ids, presentationOf(values)).catch(
		(thrown: unknown) => {
			throw withClaimed(asError(thrown), ids);
		},
	);
	const unshared = ids.flatMap((id) => {
		const json = documents.get(id);
		return json ? [{ json }] : [];
	});
	return calls.map((call): Outcome => {
		const share = unshared.splice(0, documentsWanted(call));
		return share.length === 0 && error ? withClaimed(error, ids) : share;
	});
}

export const claimNext = defineOperation({
	value: 'claimNext',
	name: 'Claim Next',
	action: 'Claim next document',
	description:
		'Take the oldest document with a tag and give it another one, so exactly one of several workers gets it; a correspondent briefly serves as the lock',
	access: 'write',
	parameters,
	async executeAll(context, calls) {
		const outcomes = new Map<number, Outcome>();
		const groups = groupBy(calls, ({ values }) => {
			const { tag, replaceWith, options } = values;
			return [tag, replaceWith, options.waitForTurn, presentationOf(values)];
		});
		for (const group of groups) {
			const claimed = await claimTogether(context, group).catch(asError);
			for (const [index, { itemIndex }] of group.entries()) {
				outcomes.set(itemIndex, claimed instanceof Error ? claimed : (claimed[index] ?? []));
			}
		}
		return calls.map(({ itemIndex }) => outcomes.get(itemIndex) ?? []);
	},
});
