import type { Execution, NodeError, NodeRun, WorkflowDefinition, WorkflowNode } from './rest.mts';

const SHOWN_LENGTH = 100;

/** Nodes that only run when something goes wrong, or never. */
const NOT_EXPECTED = new Set(['n8n-nodes-base.stickyNote', 'n8n-nodes-base.stopAndError']);

/** One line for every node that ran, in the order of the workflow. */
export function outcomes(workflow: WorkflowDefinition, execution: Execution): string[] {
	const ran = workflow.nodes.filter((node) => execution.runs[node.name]);
	const width = Math.max(...ran.map((node) => node.name.length));
	return ran.flatMap((node) =>
		(execution.runs[node.name] ?? []).map((run) => outcome(node.name.padEnd(width), run)),
	);
}

/** Which node kept the workflow from its end and why; undefined when it got there. */
export function failureOf(workflow: WorkflowDefinition, execution: Execution): string | undefined {
	const failed = workflow.nodes.find((node) => errorOf(node, execution));
	const error = failed ? errorOf(failed, execution) : execution.error;
	if (error) return `${failed?.name ?? error.node?.name ?? 'n8n'}: ${reason(error)}`;
	if (execution.status !== 'success') return `The workflow ended as “${execution.status}”.`;

	const missing = workflow.nodes.find(
		(node) => !NOT_EXPECTED.has(node.type) && !execution.runs[node.name],
	);
	return missing && `${missing.name}: it did not run, because the node before it gave no items.`;
}

function errorOf(node: WorkflowNode, execution: Execution): NodeError | undefined {
	return execution.runs[node.name]?.find((run) => run.error)?.error;
}

function outcome(name: string, run: NodeRun): string {
	if (run.error) return `✗ ${name}  ${reason(run.error)}`;
	const items = (run.data?.main ?? []).flatMap((output) => output ?? []);
	const count = items.length === 1 ? '1 item ' : `${items.length} items`;
	const time = `${run.executionTime} ms`.padStart(8);
	return `✓ ${name}  ${count}  ${time}  ${shorten(JSON.stringify(items[0]?.json ?? {}))}`;
}

function reason({ message, description }: NodeError): string {
	return description ? `${message} – ${description}` : message;
}

function shorten(text: string): string {
	return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}
