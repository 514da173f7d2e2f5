import { stopShared } from './shared.mts';

export default async function stop(): Promise<void> {
	await stopShared();
}
