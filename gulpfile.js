const { rmSync } = require('node:fs');
const { dest, src } = require('gulp');

/** What an earlier build left behind would be packed and published. */
const clean = async () => rmSync('dist', { recursive: true, force: true });

/** One stream for all globs: with two, gulp would end before the first is written. */
const buildAssets = () =>
	src(['icons/*.svg', 'nodes/**/*.svg', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
		allowEmpty: true,
	}).pipe(dest('dist'));

exports.clean = clean;
exports['build:assets'] = buildAssets;
