import type { IExecuteFunctions } from 'n8n-workflow';
import { isTool } from './isTool';

/** What a hint is about. A run gives at most one hint about each. */
type Subject = 'everything' | 'index' | 'items' | 'limit';

/** Tells a person something about the result of a run. The first hint about a subject wins. */
export type Hint = (about: Subject, text: string) => void;

type Hints = {
	/** Nothing where nobody would see a hint; a hint may then cost no request. */
	hint?: Hint;
	/** Shows the hints beside the output. */
	handOver: () => void;
};

/** Older versions of n8n know no hints, a model gets the items only, and nobody watches a production run. */
export function hintsOf(node: IExecuteFunctions): Hints {
	const isSeen =
		'addExecutionHints' in node && node.getMode() === 'manual' && !isTool(node.getNode());
	if (!isSeen) return { handOver: () => undefined };
	const location = 'outputPane';
	const texts = new Map<Subject, string>();
	return {
		hint(about, text) {
			if (!texts.has(about)) texts.set(about, text);
		},
		handOver() {
			const hints = [...texts.values()].map((message) => ({ message, location }) as const);
			if (hints.length > 0) node.addExecutionHints(...hints);
		},
	};
}
