import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * The test runner compiles n8n and its packages anew for each file. What the JavaScript engine
 * keeps of the first time in a worker saves it two thirds of that.
 */
const compile = vm.compileFunction;
const kept = new Map<string, Buffer>();

vm.compileFunction = (code, parameters, options = {}) => {
	const { filename = '' } = options;
	if (!filename.includes('/node_modules/')) return compile(code, parameters, options);
	const cachedData = kept.get(filename);
	const compiled = compile(code, parameters, {
		...options,
		...(cachedData ? { cachedData } : { produceCachedData: true }),
	});
	if (compiled.cachedData) kept.set(filename, compiled.cachedData);
	return compiled;
};

export default TestEnvironment;
