import { type Alone, openAlone, threeStarts } from './support/alone.mts';
import { findsEverythingOnce, threeStartsAndPolls } from './support/crashes.mts';
import { firstScheduledPoll } from './support/durableCursors.mts';

describe('the trigger in an n8n with durable cursors that is killed', () => {
	let alone: Alone;

	beforeAll(async () => {
		alone = await openAlone('durable-crash', 'durable');
	}, threeStarts);
	afterAll(async () => await alone.close(), threeStarts);

	it(
		'loses nothing that happens meanwhile, and reports nothing twice',
		async () => await findsEverythingOnce(alone, firstScheduledPoll),
		threeStartsAndPolls,
	);
});
