// Loaded into n8n before anything else: writes down what a tick of the clock cannot see from outside.
const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setImmediate } = require('node:timers');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

const { SOAK_READINGS: file, SOAK_READINGS_EVERY_MS: everyMs } = process.env;

function writeReadings() {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc');
	const delays = monitorEventLoopDelay({ resolution: 10 });
	delays.enable();

	setInterval(() => {
		const longestBlockMs = delays.max / 1e6;
		collectGarbage();
		const { heapUsed, external } = process.memoryUsage();
		const reading = { at: Date.now(), memory: heapUsed + external, longestBlockMs };
		appendFileSync(file, `${JSON.stringify(reading)}\n`);
		// What the collection took is the probe's own.
		setImmediate(() => delays.reset());
	}, Number(everyMs)).unref();
}

// Threads of n8n load it as well, and have a memory of their own.
if (isMainThread) writeReadings();
