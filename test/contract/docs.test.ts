import { Server } from '../../nodes/api/server';
import { resources } from '../../nodes/PaperlessNgx/resources';
import { triggerParameters } from '../../nodes/PaperlessNgxTrigger/parameters';
import { webhookTriggerParameters } from '../../nodes/PaperlessNgxWebhookTrigger/parameters';
import { anchor, operationsReference } from '../../scripts/docs/operations.mts';
import { filesBelow, isFile, sourceOf } from '../support/sources.mts';

const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...filesBelow(['docs'], '.md')];

const headingsOf = (page: string) =>
	[...sourceOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));

/** Links and pictures within the repository, as file and anchor. */
const linksOf = (page: string) =>
	[...sourceOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
		([, file = '', heading]) => ({
			file: file === '' ? page : new URL(file, `file:///${page}`).pathname.slice(1),
			heading,
		}),
	);

describe('The documents', () => {
	it('describe the operations as they are; otherwise run: npm run docs', () => {
		expect(sourceOf('docs/operations.md')).toBe(
			operationsReference(resources, triggerParameters, webhookTriggerParameters, Server),
		);
	});

	it.each(pages)('lead from %s only to what there is', (page) => {
		const broken = linksOf(page).filter(
			({ file, heading }) =>
				!isFile(file) || (heading !== undefined && !headingsOf(file).includes(heading)),
		);

		expect(broken).toEqual([]);
	});

	it('call no two operations the same', () => {
		const headings = headingsOf('docs/operations.md');

		expect(headings.length).toBeGreaterThan(50);
		expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
	});
});
