import { NameDirectory } from '../../nodes/api/nameDirectory';
import { paperlessClient } from '../../nodes/api/paperlessClient';
import type { Context } from '../../nodes/toolkit/operation';
import { filesOf } from '../../nodes/toolkit/files';
import { fakeNode } from './fakeNode.mts';
import type { FakeTransport } from './fakeTransport.mts';
import { recordedWait } from './fakeTransport.mts';

/** What an operation is given, on a server that answers as the transport does. */
export function contextOn(transport: FakeTransport): Context {
	const api = paperlessClient(transport, recordedWait().wait);
	return {
		api,
		names: new NameDirectory(api),
		files: filesOf(fakeNode({}).node),
		webUrl: transport.baseUrl,
		now: () => 0,
		timeZone: 'Europe/Berlin',
		forModel: false,
	};
}
