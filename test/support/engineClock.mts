import * as n8n from 'n8n-workflow';
import { clock } from '../../nodes/toolkit/clock.ts';
import { simulatedTime } from './simulatedTime.mts';

clock.now = () => simulatedTime.now();
clock.pause = async (milliseconds) => await simulatedTime.pause(milliseconds);
clock.deadline = (milliseconds) => simulatedTime.deadline(milliseconds);

/** n8n stops a pattern of the panel after 250 ms, which pass on a busy machine before it begins. */
const untimedPatterns: Parameters<typeof n8n.setSafeRegexEngine>[0] = {
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags = '') => [...input.matchAll(new RegExp(pattern, `${flags}g`))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
};
// The oldest supported n8n has no such limit.
if ('setSafeRegexEngine' in n8n) n8n.setSafeRegexEngine(untimedPatterns);
