import { type Alone, openAlone, threeStarts } from './support/alone.mts';
import { findsEverythingOnce, threeStartsAndPolls } from './support/crashes.mts';

describe('the trigger in an n8n that is killed', () => {
	let alone: Alone;

	beforeAll(async () => {
		alone = await openAlone('crash', 'plain');
	}, threeStarts);
	afterAll(async () => await alone.close(), threeStarts);

	it(
		'loses nothing that happens meanwhile, and reports nothing twice',
		async () => await findsEverythingOnce(alone),
		threeStartsAndPolls,
	);
});
