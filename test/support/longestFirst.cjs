const { default: Sequencer } = require('@jest/test-sequencer');

/** Small files that run every operation, or the whole sandbox, and so take longest. */
const longest = [
	'truth/lies',
	'permissionsPage',
	'everyOperation',
	'engine/coverage',
	'contract/sandbox',
	'outputSchemas',
];

/**
 * The files that take longest first, then the largest. Without times of an earlier run, the runner
 * takes a small file for a quick one and leaves it to the end, where one worker runs it alone.
 */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const rank = ({ path }) => {
			const at = longest.findIndex((name) => path.endsWith(`${name}.test.ts`));
			return at < 0 ? longest.length : at;
		};
		return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
	}
};
