import { asError, PaperlessError } from '../../../../api/errors';
import {
	contentParameters,
	fieldsQuery,
	outputParameters,
	present,
	presentationOf,
} from '../../../../documents/present';
import { oneOf } from '../../../../toolkit/parameterBuilders';
import type { Call, Context, Outcome } from '../../../../toolkit/operation';
import { defineOperation } from '../../../../toolkit/operation';
import type { Parameter, ValuesOf } from '../../../../toolkit/parameters';
import { toReference } from '../../../../toolkit/references';
import { claim } from './claim';
import { documentsById } from '../../../../documents/locate';

const [contentMaxLength, includeContent] = contentParameters;

const parameters = [
	{
		...oneOf('Tag', 'tag', 'searchTags', 'To Do'),
		required: true,
		description: 'The queue: documents that have this tag wait to be taken, the oldest first',
	},
	{
		...oneOf('Replace With', 'replaceWith', 'searchTags', 'In Progress'),
		required: true,
		description: 'The tag that a document gets in place of the other when it is taken',
	},
	...outputParameters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			contentMaxLength,
			{
				displayName: 'Documents per Item',
				name: 'documentsPerItem',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 500, numberPrecision: 0 },
				default: 1,
				description: 'How many documents each input item takes at most',
			},
			includeContent,
			{
				displayName: 'Wait For Turn',
				name: 'waitForTurn',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 3600 },
				default: 60,
				description: 'Seconds to wait while other workers take documents from the same queue',
			},
		],
	},
] as const satisfies readonly Parameter[];

type Values = ValuesOf<typeof parameters>;

async function queueOf({ names }: Context, { tag, replaceWith, options }: Values) {
	const from = await names.find('tag', toReference(tag, 'Tag'), 'tag');
	const to = await names.find('tag', toReference(replaceWith, 'Replace With'), 'replaceWith');
	const tags = new Map((await names.all('tag')).map((one) => [one.id, one]));
	// A tag brings those above it along, so the document would stay in the queue (paperless-api §3.2).
	for (let above: typeof to | undefined = to; above; above = tags.get(above.parent ?? 0)) {
		if (above.id !== from.id) continue;
		throw new PaperlessError('invalid', `“${to.name}” would leave the documents in the queue`, {
			description: `It is “${from.name}” itself or stands below it. Choose another tag.`,
			parameter: 'replaceWith',
		});
	}
	return { tag: from.id, replaceWith: to.id, waitForTurn: options.waitForTurn ?? 60 };
}

const wantedBy = ({ options }: Values) => options.documentsPerItem ?? 1;

/** The message must not lose what was taken out of the queue already. */
function withClaimed(error: Error, ids: readonly number[]): Error {
	if (ids.length === 0 || !(error instanceof PaperlessError)) return error;
	return new PaperlessError(error.kind, error.message, {
		...error,
		description: `${error.description} Already claimed: ${ids.join(', ')}.`.trim(),
	});
}

async function shownById(context: Context, ids: readonly number[], values: Values) {
	const presentation = presentationOf(values);
	const documents = await documentsById(context.api, ids, fieldsQuery(presentation));
	const found = ids.flatMap((id) => documents.get(id) ?? []);
	return await present(context, found, presentation);
}

/** One turn for all items that ask for the same, and then one outcome each. */
async function claimTogether(
	context: Context,
	calls: ReadonlyArray<Call<Values>>,
	values: Values,
): Promise<Outcome[]> {
	const queue = await queueOf(context, values);
	const count = calls.reduce((sum, call) => sum + wantedBy(call.values), 0);
	const { ids, error } = await claim(context, queue, count);
	const shown = await shownById(context, ids, values).catch((thrown: unknown) => {
		throw withClaimed(asError(thrown), ids);
	});
	return calls.map((call): Outcome => {
		const own = shown.splice(0, wantedBy(call.values));
		return own.length === 0 && error ? withClaimed(error, ids) : own.map((json) => ({ json }));
	});
}

export const claimNext = defineOperation({
	value: 'claimNext',
	name: 'Claim Next',
	action: 'Claim next document',
	description:
		'Take the oldest document with a tag and give it another one, so that of several workers exactly one gets it; for a moment a correspondent is created as their lock',
	access: 'write',
	parameters,
	async executeAll(context, calls) {
		const outcomes: Outcome[] = [];
		const groups = new Map<string, number[]>();
		for (const [at, { values }] of calls.entries()) {
			const { tag, replaceWith, options } = values;
			const key = JSON.stringify([tag, replaceWith, options.waitForTurn, presentationOf(values)]);
			groups.set(key, [...(groups.get(key) ?? []), at]);
		}
		for (const group of groups.values()) {
			const together = group.flatMap((at) => calls[at] ?? []);
			const [first] = together;
			if (!first) continue;
			const settled = await claimTogether(context, together, first.values).catch(asError);
			for (const [index, at] of group.entries()) {
				outcomes[at] = settled instanceof Error ? settled : (settled[index] ?? []);
			}
		}
		return outcomes;
	},
});
