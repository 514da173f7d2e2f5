import type { NewerProfile, Profile, SandboxProcess } from './sandboxProcess.mts';
import { startSandboxProcess } from './sandboxProcess.mts';

/** Sandboxes that serve one test file after the other. */
export class SandboxPool {
	private readonly free = new Map<Profile | NewerProfile, SandboxProcess[]>();

	/** A sandbox of which only the state is to be reset. Its `stop` gives it back. */
	async take(profile: Profile | NewerProfile): Promise<SandboxProcess> {
		const process = this.freeOf(profile).pop() ?? (await startSandboxProcess(profile));
		return {
			...process,
			stop: async () => {
				this.freeOf(profile).push(process);
			},
		};
	}

	private freeOf(profile: Profile | NewerProfile): SandboxProcess[] {
		const free = this.free.get(profile) ?? [];
		this.free.set(profile, free);
		return free;
	}
}
