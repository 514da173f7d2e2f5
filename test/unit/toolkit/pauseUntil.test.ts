import { PaperlessError } from '../../../nodes/api/errors';
import { clock } from '../../../nodes/toolkit/clock';
import { pauseUntil } from '../../../nodes/toolkit/pauseUntil';
import { refusalOf } from '../../support/fakeTransport.mts';

const tooLate = new DOMException('Too late', 'TimeoutError');
const { pause } = clock;

afterEach(() => {
	clock.pause = pause;
});

describe('A pause', () => {
	it.each([undefined, new AbortController().signal])('ends after its time', async (signal) => {
		const pauses: number[] = [];
		clock.pause = async (milliseconds) => {
			pauses.push(milliseconds);
		};

		await pauseUntil(signal)(500);

		expect(pauses).toEqual([500]);
	});

	it.each([
		['the deadline passes', tooLate, 'Paperless-ngx did not answer in time'],
		['the execution is canceled', undefined, 'The execution was canceled'],
	])('ends as soon as %s', async (_, reason, message) => {
		const controller = new AbortController();
		clock.pause = async () => {
			controller.abort(reason);
			await new Promise(() => {});
		};

		const refusal = await refusalOf(pauseUntil(controller.signal)(500), PaperlessError);

		expect(refusal.message).toBe(message);
	});

	it('does not begin after the deadline', async () => {
		clock.pause = async () => {
			throw new Error('It began');
		};

		const refusal = await refusalOf(pauseUntil(AbortSignal.abort(tooLate))(500), PaperlessError);

		expect(refusal.kind).toBe('interrupted');
	});
});
