import type { Execution } from '../../../scripts/n8n/rest.mts';
import type { Paper } from '../support/archive.mts';
import type { World } from '../support/world.mts';

type Items = Array<Record<string, unknown>>;

export interface Run {
	world: World;
	execution: Execution;
	/** What a node gave out, in all its runs. */
	output(node: string): Items;
	/** The same workflow once more. */
	again(): Promise<Run>;
}

export interface Example {
	file: string;
	does: string;
	/** What the example calls things of the archive and of n8n; here they get the test's prefix. */
	names?: string[];
	given(world: World): Promise<unknown>;
	proof(run: Run): Promise<void>;
}

export const paper = (world: World, name: string, fields: object = {}): Paper => ({
	title: `${world.prefix} ${name}`,
	text: `The text of ${name}`,
	fields: { ...fields },
});

/** Everything in an inbox of its own, which goes with the test. */
export const inbox = async (world: World) =>
	await world.create('tags', 'Inbox', { is_inbox_tag: true });

export const titles = async (world: World, filter: string) =>
	(await world.rowsWhere('documents', filter)).map(({ title }) =>
		String(title).slice(world.prefix.length + 1),
	);

/** The custom fields of the sample archive, with values for a document. */
export async function invoiceFields(world: World) {
	const type = await world.create('document_types', 'Invoice');
	const due = await world.create('custom_fields', 'Due', { data_type: 'date' });
	const amount = await world.create('custom_fields', 'Amount', { data_type: 'monetary' });
	const status = await world.create('custom_fields', 'Status', {
		data_type: 'select',
		extra_data: { select_options: [{ label: 'Open' }, { label: 'Paid' }] },
	});
	const { extra_data: data } = await world.api<{
		extra_data: { select_options: Array<{ id: string }> };
	}>('GET', `custom_fields/${status}/`);
	const [open, paid] = data.select_options.map(({ id }) => id);
	return (invoice: { due: string; amount: string; paid?: boolean; created?: string }) => ({
		document_type: type,
		...(invoice.created === undefined ? {} : { created: invoice.created }),
		custom_fields: [
			{ field: due, value: invoice.due },
			{ field: amount, value: invoice.amount },
			{ field: status, value: invoice.paid ? paid : open },
		],
	});
}
