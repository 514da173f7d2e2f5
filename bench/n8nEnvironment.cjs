const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');

require('../test/support/engineEnvironment.cjs');

const url = pathToFileURL(require.resolve('n8n-workflow')).href;

// Its modules for import name each other without extension, which Node.js does not resolve; n8n
// itself loads those for require too.
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === 'n8n-workflow' && context.conditions.includes('import')
			? { url, format: 'commonjs', shortCircuit: true }
			: next(specifier, context),
});
