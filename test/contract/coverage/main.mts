import { createRequire } from 'node:module';
import { coverage, report } from './coverage.mts';

/** The built client, since its sources are written for a compiler and not for Node.js. */
const built = createRequire(new URL('../../../dist/package.json', import.meta.url));
const { paperlessClient } = built(
	'./nodes/api/paperlessClient.js',
) as typeof import('../../../nodes/api/paperlessClient');
process.exitCode = report(await coverage(paperlessClient), console.log) ? 0 : 1;
