import { createRequire } from 'node:module';
import { coverage, report } from './coverage.mts';

/** The built client, since its sources are written for a compiler and not for Node.js. */
const built = createRequire(new URL('../../../dist/package.json', import.meta.url));
const { PaperlessClient } = built(
	'./nodes/api/PaperlessClient.js',
) as typeof import('../../../nodes/api/PaperlessClient');
process.exitCode = report(await coverage(PaperlessClient), console.log) ? 0 : 1;
