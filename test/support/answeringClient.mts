import { paperlessClient } from '../../nodes/api/paperlessClient';
import type { HttpReply } from '../../nodes/api/httpTransport';
import type { Release } from './fakeTransport.mts';
import { FakeTransport, json, recordedWait, text, versionHeaders } from './fakeTransport.mts';

/** A client of a server of that version, which sends the replies in order after it was asked for its version. */
export function answeringClient(
	reply: HttpReply<string> | Array<HttpReply<string>>,
	release: Release = '3.0',
) {
	const replies = [reply].flat();
	const transport = new FakeTransport(({ path }) =>
		path.endsWith('next_asn/')
			? json(12, 200, versionHeaders[release])
			: (replies.shift() ?? text('', 500)),
	);
	return { transport, client: paperlessClient(transport, recordedWait().wait) };
}
