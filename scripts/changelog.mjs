import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/** `npm version` runs this between the new number and its commit: what is unreleased gets it. */
const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
const site = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
const today = new Date().toISOString().slice(0, 10);

const changelog = readFileSync('CHANGELOG.md', 'utf8');
const heading = '## [Unreleased]\n';
const link = /^\[Unreleased\]: .*$/m;
if (!changelog.includes(`${heading}\n###`) || !link.test(changelog)) {
	throw new Error('CHANGELOG.md names nothing under “Unreleased”.');
}
writeFileSync(
	'CHANGELOG.md',
	changelog
		.replace(heading, `${heading}\n## [${version}] - ${today}\n`)
		.replace(
			link,
			`[Unreleased]: ${site}/compare/v${version}...main\n[${version}]: ${site}/releases/tag/v${version}`,
		),
);
execFileSync('git', ['add', 'CHANGELOG.md']);
