import type { Document, Store } from './store.mts';
import { isoTime } from './times.mts';
import { BrokenTemplate, renderTitle } from './titleTemplate.mts';

export type Texts = Record<string, string>;

const nameOfMonth = (timestamp: string, month: 'long' | 'short'): string =>
	new Date(timestamp).toLocaleString('en', { month, timeZone: 'UTC' });

/** A time and its parts, such as `added` and `added_year`. */
const dated = (name: 'added' | 'created', timestamp: string, shown: string): Texts => ({
	[name]: shown,
	[`${name}_year`]: timestamp.slice(0, 4),
	[`${name}_year_short`]: timestamp.slice(2, 4),
	[`${name}_month`]: timestamp.slice(5, 7),
	[`${name}_month_name`]: nameOfMonth(timestamp, 'long'),
	[`${name}_month_name_short`]: nameOfMonth(timestamp, 'short'),
	[`${name}_day`]: timestamp.slice(8, 10),
	[`${name}_time`]: timestamp.slice(11, 16),
});

const pythonTime = (timestamp: string): string => isoTime(timestamp).replace('Z', '+00:00');

const stem = (fileName: string): string => fileName.replace(/\.[^.]*$/, '');

/** The values of the placeholders before the document exists. */
export function textsOfUpload(store: Store, fileName: string, path: string): Texts {
	const now = store.now();
	return {
		correspondent: '',
		document_type: '',
		owner_username: '',
		...dated('added', now, pythonTime(now)),
		original_filename: stem(fileName),
		filename: stem(fileName),
		doc_title: path,
		doc_url: '',
		...(!store.profile.createdIsDate && dated('created', now, pythonTime(now))),
		...(store.profile.documentVersions && { doc_id: '' }),
	};
}

export function textsOf(store: Store, document: Document, isNew: boolean): Texts {
	const { profile, settings } = store;
	const { added, created } = document;
	const day = profile.createdIsDate ? created.slice(0, 10) : pythonTime(created);
	return {
		correspondent: store.correspondents.get(document.correspondent)?.name ?? '',
		document_type: store.document_types.get(document.document_type)?.name ?? '',
		owner_username: store.users.get(document.owner)?.username ?? '',
		...dated('added', added, pythonTime(added)),
		original_filename: stem(document.original_file_name ?? ''),
		// The server has not moved the file of a new document yet.
		filename: isNew ? '' : String(document.id).padStart(7, '0'),
		doc_title: document.title,
		...dated('created', created, day),
		doc_url: `${settings.publicUrl}/documents/${document.id}/`,
		...(profile.documentVersions && { doc_id: String(document.id) }),
	};
}

/** Titles cannot use the title and the address. In 3.0 they are empty. */
export function titleTexts(store: Store, texts: Texts): Texts {
	if (store.profile.documentVersions) return { ...texts, doc_title: '', doc_url: '', doc_id: '' };
	const isKnown = ([name]: [string, string]): boolean => !name.startsWith('doc_');
	return Object.fromEntries(Object.entries(texts).filter(isKnown));
}

const filters: Record<string, (text: string) => string> = {
	upper: (text) => text.toUpperCase(),
	lower: (text) => text.toLowerCase(),
	trim: (text) => text.trim(),
	title: (text) => text.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase()),
};

/** Evaluates a name, a quoted text or a boolean, with filters and an optional condition. */
function evaluate(expression: string, texts: Texts): string | undefined {
	const [, then, condition, otherwise] = /^(.*) if (.*) else (.*)$/.exec(expression) ?? [];
	if (then !== undefined)
		return evaluate(evaluate(condition ?? '', texts) ? then : (otherwise ?? ''), texts);
	const [name = '', ...names] = expression.split('|').map((part) => part.trim());
	const literal = /^(?:'([^']*)'|"([^"]*)")$/.exec(name);
	const known = { ...texts, true: 'True', false: '' };
	let value = literal ? (literal[1] ?? literal[2]) : known[name as keyof typeof known];
	for (const filter of names) value = value && (filters[filter] ?? unknownFilter())(value);
	return value;
}

const unknownFilter = (): never => {
	throw new BrokenTemplate();
};

/** Resolves `{% if … %}` that is not nested. */
const withoutConditions = (template: string, texts: Texts): string =>
	template.replace(
		/\{%-? *if (.*?) *-?%\}(.*?)(?:\{%-? *else *-?%\}(.*?))?\{%-? *endif *-?%\}/gs,
		(_, condition: string, then: string, otherwise = '') =>
			evaluate(condition, texts) ? then : otherwise,
	);

/**
 * Renders a text of a workflow. `undefined` if a placeholder is unknown, empty if the template is
 * invalid. Only Jinja (from 2.19 on) distinguishes the two.
 */
export function render(store: Store, template: string, texts: Texts): string | undefined {
	if (!store.profile.jinjaTitles) return renderTitle(template, texts, false);
	try {
		const flat = withoutConditions(template, texts);
		const expressions = [...flat.matchAll(/\{\{(.*?)\}\}/gs)].map(([, inner = '']) => inner);
		const values = Object.fromEntries(
			expressions.flatMap((inner) => {
				const value = evaluate(inner.trim(), texts);
				return value === undefined ? [] : [[inner.trim(), value]];
			}),
		);
		return renderTitle(flat, values, true);
	} catch (error) {
		if (!(error instanceof BrokenTemplate)) throw error;
		return '';
	}
}
