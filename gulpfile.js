const { dest, src } = require('gulp');

/** One stream for all globs: with two, gulp would end before the first is written. */
const buildAssets = () =>
	src(['icons/*.svg', 'nodes/**/*.svg', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
		allowEmpty: true,
	}).pipe(dest('dist'));

exports['build:assets'] = buildAssets;
