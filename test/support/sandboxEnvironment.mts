import QuickEnvironment from './quickEnvironment.mts';
import { SandboxPool } from './sandboxPool.mts';

/** A test file sees nothing of the one before it in the same worker; this module is what they share. */
const sandboxes = new SandboxPool();

export default class SandboxEnvironment extends QuickEnvironment {
	override async setup(): Promise<void> {
		await super.setup();
		this.global['sandboxes'] = sandboxes;
	}
}
