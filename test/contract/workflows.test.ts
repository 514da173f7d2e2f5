import manifest from '../../package.json';
import { filesBelow, sourceOf } from '../support/sources.mts';

const workflows = filesBelow(['.github/workflows'], '.yml');

const matchesOf = (file: string, pattern: RegExp) =>
	[...sourceOf(file).matchAll(pattern)].map(([, found = '']) => found);

/** The jobs of a workflow, by name. */
const jobsOf = (file: string) => {
	const [, jobs = ''] = sourceOf(file).split(/^jobs:\n/m);
	return jobs.split(/^(?= {2}[\w-]+:$)/m).filter((job) => job.trim() !== '');
};

describe.each(workflows)('%s', (file) => {
	it('names the commit of each action, and its version for the reader', () => {
		const actions = matchesOf(file, /uses: (.+)/g);

		expect(actions.length).toBeGreaterThan(0);
		expect(actions.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v[\d.]+$/.test(action))).toEqual(
			[],
		);
	});

	it('may write nothing to the repository, and keeps no credentials in its copy', () => {
		const granted = matchesOf(file, /^ +([\w-]+: (?:write|read|write-all))$/gm);

		expect(sourceOf(file)).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
		expect(granted.filter((one) => !['contents: read', 'id-token: write'].includes(one))).toEqual(
			[],
		);
		expect(matchesOf(file, /(actions\/checkout)@/g)).toHaveLength(
			matchesOf(file, /(persist-credentials: false)/g).length,
		);
	});

	it('ends each job in time', () => {
		expect(jobsOf(file).filter((job) => !/^ {4}timeout-minutes: \d+$/m.test(job))).toEqual([]);
	});

	it('runs commands that package.json has', () => {
		const suites = ['e2e', 'panels', 'outages', 'scale'];
		const commands = matchesOf(file, /npm run (\S+(?: \}\})?)/g).flatMap((command) =>
			command.startsWith('test:$') ? suites.map((suite) => `test:${suite}`) : [command],
		);

		expect(commands).not.toEqual([]);
		expect(commands.filter((command) => !(command in manifest.scripts))).toEqual([]);
	});
});

describe('The workflows', () => {
	it('let npm trust only a job that has no code from here', () => {
		const trusted = workflows
			.flatMap(jobsOf)
			.filter((job) => job.includes('id-token: write'))
			.map((job) => job.match(/actions\/[\w-]+/g));

		expect(trusted).toEqual([['actions/setup-node', 'actions/download-artifact']]);
	});
});
