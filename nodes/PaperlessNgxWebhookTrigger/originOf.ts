import type { Caller, Origin } from '../toolkit/webhookHost';
import { secretHeader, testHeader } from '../api/sentHeader';
import { registrationOf } from './registration';
import { isSecret, proves } from './secret';

/**
 * Who calls, from what n8n has stored. A secret that does not match may be newer than this: n8n
 * saves at the end of a call the data that it read before the call, so a call that outlasts a new
 * activation restores the older data.
 */
export function originOf({ headers, recall, now }: Caller): Origin {
	const given = headers[secretHeader.toLowerCase()];
	const { proof, former } = registrationOf({ recall }) ?? {};
	if (proves(proof, given)) return 'server';
	if (former && now() < former.until && proves(former.proof, given)) return 'server';
	return [given, headers[testHeader.toLowerCase()]].some(isSecret) ? 'unclear' : 'stranger';
}
