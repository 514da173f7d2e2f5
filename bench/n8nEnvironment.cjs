const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');

require('../test/support/engineEnvironment.cjs');

const url = pathToFileURL(require.resolve('n8n-workflow')).href;

// The ES modules of n8n-workflow import each other without file extensions, which Node.js cannot
// resolve. n8n itself loads the CommonJS modules, too.
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === 'n8n-workflow' && context.conditions.includes('import')
			? { url, format: 'commonjs', shortCircuit: true }
			: next(specifier, context),
});
