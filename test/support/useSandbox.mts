import type { Engine } from './engine.mts';
import { engineFor } from './paperless.mts';
import { Sandbox } from './sandbox.mts';

/** Stands for an object that is there as soon as the tests run. */
const later = <T extends object>(current: () => T | undefined): T =>
	new Proxy({} as T, {
		get: (_, name) => {
			const object = current();
			if (!object) throw new Error('The sandbox is there only while the tests run.');
			const value: unknown = Reflect.get(object, name, object);
			return typeof value === 'function' ? value.bind(object) : value;
		},
	});

/** A sandbox for the tests of a block, and an engine whose credential is its administrator’s. */
export function useSandbox(...start: Parameters<typeof Sandbox.start>): {
	sandbox: Sandbox;
	engine: Engine;
} {
	let sandbox: Sandbox | undefined;
	let engine: Engine | undefined;
	beforeAll(async () => {
		sandbox = await Sandbox.start(...start);
		engine = engineFor(sandbox);
	});
	afterAll(async () => await sandbox?.close());
	return { sandbox: later(() => sandbox), engine: later(() => engine) };
}
