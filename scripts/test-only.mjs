import { command } from './support/progress.mjs';
import { quickSuites, runJest } from './support/results.mjs';
import { prepare } from './support/setup.mjs';

await command(async () => await runJest(quickSuites, await prepare(), process.argv.slice(2)));
