import { forgetServers } from '../../nodes/api/connection';
import { didYouMean } from '../../nodes/api/didYouMean';
import { encodeCustomFields } from '../../nodes/documents/encodeCustomFields';
import { presentDiffs } from '../../nodes/documents/output/presentDiffs';
import { emptyDiff } from '../../nodes/events/documentDiff';
import { contextOn } from '../support/context.mts';
import { FakeTransport, page } from '../support/fakeTransport.mts';
import { processorTime } from '../support/processorTime.mts';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** Names that people have made to be compared to their last letter. */
const alike = (count: number) =>
	upTo(count).map((id) => `${'a'.repeat(110)}${id}`.padEnd(128, 'b'));
const wanted = 'a'.repeat(120);

/** On a server with custom fields and users of these names. */
const contextWith = (names: readonly string[]) => {
	const rows = names.map((name, at) => ({
		id: at + 1,
		name,
		username: name,
		data_type: 'string',
	}));
	return contextOn(new FakeTransport(() => page(rows)));
};

describe('What others have made to keep n8n busy', () => {
	beforeEach(forgetServers);

	it('suggests similar names among 100,000 in less than a second', async () => {
		const names = alike(100_000);

		expect(await processorTime(() => didYouMean(wanted, names))).toBeLessThan(1000);
	});

	it('ends a search for many names at the first that is unknown', async () => {
		const { names } = contextWith(alike(3000));
		const unknown = upTo(500).map((at) => ({ name: `${wanted}${at}` }));
		const search = async () => await names.findAll('user', unknown).catch(() => undefined);

		expect(await processorTime(search)).toBeLessThan(1000);
	});

	it('ends an item with many keys at the first that is no custom field', async () => {
		const context = contextWith(alike(3000));
		const values = Object.fromEntries(upTo(500).map((at) => [`${wanted}${at}`, 1]));
		const mapped = { values, labels: {}, keys: 'names' } as const;
		const encode = async () => await encodeCustomFields(context, mapped, {}).catch(() => undefined);

		expect(await processorTime(encode)).toBeLessThan(1000);
	});

	it.each(['input', 'ids'] as const)(
		'reads an item with as many keys as there are fields: %s',
		async (keys) => {
			const fields = upTo(20_000).map((at) => `Field ${at}`);
			const context = contextWith(fields);
			const given = keys === 'input' ? fields : fields.map((_, at) => at + 1);
			const values = Object.fromEntries(given.map((key) => [key, 'x']));
			const encode = async () =>
				await encodeCustomFields(context, { values, labels: {}, keys }, {});

			expect(await processorTime(encode)).toBeLessThan(2000);
		},
	);

	it('tells the changes of as many custom fields as there are', async () => {
		const context = contextWith(upTo(20_000).map((at) => `Field ${at}`));
		const customFields = new Map(upTo(20_000).map((id) => [id, { to: id }]));
		const present = async () => await presentDiffs(context, [{ ...emptyDiff, customFields }]);

		expect(await processorTime(present)).toBeLessThan(2000);
	});
});
