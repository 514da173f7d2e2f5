import { say } from './progress.mjs';
import { sum } from './results.mjs';

const { passed, failed } = sum();
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
