import { createRequire } from 'node:module';

// The copies that n8n's lint brings, so that both read TypeScript the same way.
const require = createRequire(import.meta.resolve('@n8n/node-cli/eslint'));
const js = require('@eslint/js');
const tseslint = require('typescript-eslint');

/** For the code that needs Node.js itself, which n8n's own rules do not let a package use. */
export default tseslint.config(
	{ ignores: ['**/node_modules/**', '**/dist/**', 'test/recordings/**'] },
	{
		files: ['**/*.mts'],
		extends: [js.configs.recommended, tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			// The type check knows which names exist.
			'no-undef': 'off',
		},
	},
	{
		files: ['**/*.mjs', '**/*.cjs'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: Object.fromEntries(
				[
					'AbortSignal',
					'Buffer',
					'clearInterval',
					'clearTimeout',
					'console',
					'fetch',
					'process',
					'setInterval',
					'setTimeout',
					'URL',
				].map((name) => [name, 'readonly']),
			),
		},
	},
);
