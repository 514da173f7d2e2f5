/** `npm run test:hosts` names the folder of another n8n than the installed one. */
const host = process.env.HOST_FOLDER;
const ofTheHost = host && {
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow|@n8n/di|luxon|zod)$': `${host}/node_modules/$1`,
	},
};

/** Every suite runs on the same transform; a suite is a folder below test/. */
const suite = (name, extra = {}) => ({
	displayName: name,
	rootDir: __dirname,
	// The runner looks at every file below its roots, and an installed n8n has very many.
	roots: ['<rootDir>/credentials', '<rootDir>/nodes', '<rootDir>/test'],
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json', 'node'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/scripts/n8n/node_modules/',
		'<rootDir>/.cache/',
	],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
				module: { type: 'commonjs' },
			},
		],
	},
	...extra,
});

const quick = { testEnvironment: '<rootDir>/test/support/quickEnvironment.mts' };

const inTheEngine = {
	...ofTheHost,
	testEnvironment: '<rootDir>/test/support/sandboxEnvironment.mts',
	setupFiles: [
		'<rootDir>/test/support/engineEnvironment.cjs',
		'<rootDir>/test/support/engineClock.mts',
	],
};

const inN8n = {
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.mts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.mts',
};

module.exports = {
	// Nothing here takes seconds by itself, but a busy machine does.
	testTimeout: 30_000,
	testSequencer: '<rootDir>/test/support/longestFirst.cjs',
	projects: [
		suite('unit', quick),
		suite('contract', quick),
		suite('engine', inTheEngine),
		suite('pages', inTheEngine),
		suite('e2e', inN8n),
		suite('panels', inN8n),
		suite('outages'),
		suite('scale'),
		suite('soak'),
	],
};
