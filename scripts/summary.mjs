import { say } from './support/progress.mjs';
import { sum } from './support/results.mjs';

const { passed, failed } = sum();
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
