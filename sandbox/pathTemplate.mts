import type { Document, Store } from './store.mts';

const cleaned = (name: string): string => name.replace(/[/\\"]/g, '-');

/** The path that a template yields for a document, or null if the server cannot render it. */
export function renderPath(store: Store, document: Document, template: string): string | null {
	const none = store.profile.createdIsDate ? 'none' : '-none-';
	const nameOf = (row: { name: string } | undefined): string => (row ? cleaned(row.name) : none);
	const tags = document.tags.map((id) => store.tags.get(id)?.name ?? '').toSorted();
	const dated = (name: 'created' | 'added'): [string, string][] => {
		const day = document[name].slice(0, 10);
		const [year = '', month = '', date = ''] = day.split('-');
		return [
			[name, day],
			[`${name}_year`, year],
			[`${name}_year_short`, year.slice(2)],
			[`${name}_month`, month],
			[`${name}_day`, date],
		];
	};
	const values = new Map<string, string>([
		['title', cleaned(document.title)],
		['correspondent', nameOf(store.correspondents.get(document.correspondent))],
		['document_type', nameOf(store.document_types.get(document.document_type))],
		['asn', String(document.archive_serial_number ?? none)],
		['owner_username', store.users.get(document.owner)?.username ?? none],
		['original_name', (document.original_file_name ?? none).replace(/\.\w+$/, '')],
		['doc_pk', String(document.id).padStart(7, '0')],
		['tag_list', tags.join(',')],
		...dated('created'),
		...dated('added'),
	]);
	let fails = /\{%\s*(if|for)\s*%\}/.test(template);
	const rendered = template
		.replace(/\{%.*?%\}/g, '')
		.replace(/\{\{(.*?)\}\}/g, (_, expression: string) => {
			const [, wanted] = /custom_fields\s*\|\s*get_cf_value\('([^']*)'\)/.exec(expression) ?? [];
			const value =
				wanted === undefined
					? values.get(expression.trim())
					: String(customValue(store, document, wanted) ?? '');
			fails ||= value === undefined;
			return value ?? '';
		});
	return fails || /\{\{|\}\}/.test(rendered) ? null : rendered;
}

const specimen = {
	id: 1,
	title: 'title',
	created: '2020-01-01',
	added: '2020-01-01',
	original_file_name: 'file.pdf',
	tags: [],
	custom_fields: [],
} as unknown as Document;

/** Whether the server accepts a template. It tries to render it. */
export function isTemplate(store: Store, template: string): boolean {
	const path = renderPath(store, specimen, template);
	return path !== null && !(store.profile.createdIsDate && path.split('/').includes('..'));
}

/** Early servers wrote storage paths with single braces. */
export const inNewStyle = (template: string): string =>
	template.replace(/(?<!\{)\{(\w+)\}(?!\})/g, '{{ $1 }}');

const customValue = (store: Store, document: Document, wanted: string): unknown =>
	document.custom_fields.find(({ field }) => store.custom_fields.get(field)?.name === wanted)
		?.value;
