import { type Profile, type SandboxProcess, startSandboxProcess } from './sandboxProcess.mts';

/** Sandboxes that serve one test file after the other. */
export class SandboxPool {
	private readonly free = new Map<Profile, SandboxProcess[]>();

	/** A sandbox of which only the state is to be reset. Its `stop` gives it back. */
	async take(profile: Profile): Promise<SandboxProcess> {
		const process = this.freeOf(profile).pop() ?? (await startSandboxProcess(profile));
		return {
			...process,
			stop: async () => {
				this.freeOf(profile).push(process);
			},
		};
	}

	private freeOf(profile: Profile): SandboxProcess[] {
		const free = this.free.get(profile) ?? [];
		this.free.set(profile, free);
		return free;
	}
}
