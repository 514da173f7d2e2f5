import manifest from '../../package.json';
import { Server } from '../../nodes/api/server';
import { resources } from '../../nodes/PaperlessNgx/resources';
import { triggerParameters } from '../../nodes/PaperlessNgxTrigger/triggerParameters';
import { webhookTriggerParameters } from '../../nodes/PaperlessNgxWebhookTrigger/webhookTriggerParameters';
import { messagesHeading, messagesReference } from '../../scripts/docs/messages.mts';
import { anchor, operationsReference } from '../../scripts/docs/operations.mts';
import { panelLabels } from '../support/panelLabels.mts';
import { filesBelow, isFile, root, sizeOf, sourceOf } from '../support/sources.mts';

/** The files whose comments people read. This test itself names what it forbids. */
const sources = ['.ts', '.mts', '.mjs', '.cjs']
	.flatMap((ending) =>
		filesBelow(['nodes', 'credentials', 'sandbox', 'scripts', 'test', 'bench'], ending),
	)
	.filter((file) => file !== 'test/contract/docs.test.ts');

const factPages = ['docs/paperless-api.md', 'docs/n8n.md'];

const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...filesBelow(['docs'], '.md')];

/** The pages for users that are written by hand. The list of messages at the end of one is made from the sources. */
const pagesForUsers = pages.filter(
	(page) =>
		![
			...factPages,
			'CONTRIBUTING.md',
			'docs/architecture.md',
			'docs/operations.md',
			'docs/how-triggers-work.md',
		].includes(page),
);

/** What n8n calls its own things, and what its users name. */
const foreignLabels = new Set([
	'Ask the archive',
	'Credential',
	'Download Attachments',
	'Due',
	'Error details',
	'Fetch Test Event',
	'Find Documents',
	'From file',
	'HTTP Request',
	'Header Auth',
	'Import',
	'List Senders',
	'More details',
	'Paperless-ngx Tool',
	'Paperless-ngx Webhook',
	'Poll Times',
	'Read Document',
	'Remove Duplicates',
	'Remove Items Processed in Previous Executions',
	'Send Email',
	'Set Manually',
	'Settings → Timezone',
	'Tool',
	'Tool Description',
	'View',
]);

/** What a page emphasizes and begins with a capital: the label of a thing. */
const labelsOn = (page: string) => {
	const [text = ''] = sourceOf(page)
		.replace(/```[^]*?```|`[^`\n]*`/g, '')
		.replace(/\]\([^)]*\)/g, ']')
		.split(messagesHeading);
	return [...text.matchAll(/(?<![\w_])_(\p{Lu}[^_\n]*)_(?![\w_])/gu)].map(
		([, label = '']) => label,
	);
};

const headingsOf = (page: string) =>
	[...sourceOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

const site = manifest.homepage.replace(/#.*/, '');

/** Where npm and n8n find the files of the repository, of which they show the README. */
const absolute = new RegExp(`^${site}/(?:blob|raw)/main/`);

/** Links and pictures within the repository, as file and anchor. */
const linksOf = (page: string) =>
	[...sourceOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link = '']) => link)
		.filter((link) => absolute.test(link) || !/^\w+:/.test(link))
		.map((link) => {
			const [target = '', heading] = link.replace(absolute, '/').split('#');
			const file = target === '' ? page : new URL(target, `file:///${page}`).pathname.slice(1);
			return { file, heading };
		});

describe('The documentation', () => {
	it('describes the operations as they are; otherwise run: npm run docs', () => {
		expect(sourceOf('docs/operations.md')).toBe(
			operationsReference(resources, triggerParameters, webhookTriggerParameters, Server),
		);
	});

	it('explains every message of the sources; otherwise run: npm run docs', () => {
		const page = sourceOf('docs/troubleshooting.md');
		const messages = messagesReference(root);

		expect(messages.split('\n- **').length).toBeGreaterThan(150);
		expect(page.slice(page.indexOf(messagesHeading))).toBe(messages);
	});

	it.each(pages)('has only working links in %s', (page) => {
		const broken = linksOf(page).filter(
			({ file, heading }) =>
				!isFile(file) || (heading !== undefined && !headingsOf(file).includes(heading)),
		);

		expect(broken).toEqual([]);
	});

	it.each(pagesForUsers)('calls things in %s as the panels call them', (page) => {
		const isKnown = (label: string) =>
			foreignLabels.has(label) || label.split(': ').every((part) => panelLabels.has(part));

		expect(labelsOn(page).filter((label) => !isKnown(label))).toEqual([]);
	});

	it('emphasizes no foreign label that no page has', () => {
		const used = new Set(pagesForUsers.flatMap(labelsOn));

		expect([...foreignLabels].filter((label) => !used.has(label))).toEqual([]);
	});

	it('can be read to the end from the README', () => {
		const read = new Set(['README.md']);
		for (const page of read)
			for (const { file } of linksOf(page)) if (file.endsWith('.md')) read.add(file);

		expect(pages.filter((page) => !read.has(page))).toEqual([]);
	});

	it('shows pictures that are there and small, and has no others', () => {
		const shown = pages.flatMap((page) =>
			linksOf(page).flatMap(({ file }) => (file.startsWith('docs/images/') ? file : [])),
		);
		const pictures = filesBelow(['docs/images'], '.png');

		expect([...new Set(shown)].sort()).toEqual(pictures);
		expect(pictures.filter((file) => sizeOf(file) > 150_000)).toEqual([]);
	});

	it('lists every example among the recipes', () => {
		const listed = linksOf('docs/recipes.md').map(({ file }) => file);

		expect(filesBelow(['examples'], '.json').filter((file) => !listed.includes(file))).toEqual([]);
	});

	it('gives each operation its own heading', () => {
		const headings = headingsOf('docs/operations.md');

		expect(headings.length).toBeGreaterThan(50);
		expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
	});
});

describe('The README', () => {
	it('is read in five minutes', () => {
		const words = sourceOf('README.md')
			.replace(/\]\([^)]*\)/g, '] ')
			.match(/[\p{L}\p{N}][^\s|]*/gu);

		expect(words?.length).toBeLessThanOrEqual(1200);
	});

	it('has absolute links, because npm and n8n show it as well', () => {
		const relative = [...sourceOf('README.md').matchAll(/\]\((?!https:\/\/)[^)]*\)/g)];

		expect(relative.map(([link]) => link)).toEqual([]);
	});
});

describe('The facts', () => {
	/** The facts of a page: the heading and the last line, which says how the fact is known. */
	const factsOf = (page: string) =>
		sourceOf(page)
			.split(/^(?=##+ )/m)
			.filter((section) => section.startsWith('### '))
			.map((section) => {
				const lines = section.trim().split('\n');
				return { heading: (lines[0] ?? '').slice(4), known: lines.at(-1) ?? '' };
			});

	it('include every fact that a comment cites', () => {
		const missing = sources.flatMap((file) =>
			[...sourceOf(file).matchAll(/\b(paperless-api|n8n)\.md(?:#([\w-]+))?/g)]
				.filter(([, page, heading = '']) => !headingsOf(`docs/${page}.md`).includes(heading))
				.map(([citation]) => `${file}: ${citation}`),
		);

		expect(missing).toEqual([]);
	});

	it('are cited by anchor and never by the number of a fact elsewhere', () => {
		const numbered = sources.flatMap((file) =>
			[
				...sourceOf(file).matchAll(
					/\btraps?\b(?: \d+)?|§ ?[\d.]*|\bpaperless-api(?!\.md|\w)|\((?:executed|seen on)\b/g,
				),
			].map(([citation]) => `${file}: ${citation}`),
		);

		expect(numbered).toEqual([]);
	});

	it.each(factPages)('in %s are in its table of contents and occur once', (page) => {
		const headings = headingsOf(page);
		const listed = linksOf(page).flatMap(({ file, heading }) => (file === page ? heading : []));

		expect(headings.slice(1).filter((heading) => !listed.includes(heading))).toEqual([]);
		expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
	});

	it('about Paperless-ngx name their versions and how they are known', () => {
		const form = /^_\d\.\d\S*( and later)? · .*\b(recorded|run|source|release notes)(?![a-z]).*_$/;
		const facts = factsOf('docs/paperless-api.md');

		expect(facts.length).toBeGreaterThan(80);
		expect(facts.filter(({ known }) => !form.test(known))).toEqual([]);
	});

	it('name only recorded chapters', () => {
		const chapters = filesBelow(['test/recordings'], '.json').map(
			(file) => file.split('/').at(-1)?.replace('.json', '') ?? '',
		);
		const unknown = factsOf('docs/paperless-api.md').flatMap(({ heading, known }) =>
			[...known.matchAll(/recorded \(([^)]+)\)/g)]
				.flatMap(([, list = '']) => list.split(', '))
				.filter((chapter) => !chapters.includes(chapter))
				.map((chapter) => `${heading}: ${chapter}`),
		);

		expect(unknown).toEqual([]);
	});
});
