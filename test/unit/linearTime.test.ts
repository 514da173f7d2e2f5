import { concealer } from '../../nodes/api/concealer';
import { explainReply } from '../../nodes/api/explainReply';
import { explainUnreadable } from '../../nodes/api/explainUnreadable';
import { fileNameFrom } from '../../nodes/api/fileNameFrom';
import { fillIn } from '../../nodes/api/fillIn';
import { fullTextQuery } from '../../nodes/api/fullTextQuery';
import { isWebPage } from '../../nodes/api/isWebPage';
import { parseJson } from '../../nodes/api/json';
import { NameIndex } from '../../nodes/api/nameIndex';
import { normalizeBaseUrl } from '../../nodes/api/normalizeBaseUrl';
import { didYouMean } from '../../nodes/api/didYouMean';
import { safeFileName } from '../../nodes/api/safeFileName';
import { taskListSchema } from '../../nodes/api/schemas/task';
import { serverFrom } from '../../nodes/api/server';
import { idAt, webPages } from '../../nodes/api/webPages';
import { pathOf, pathParts, tagsAlong } from '../../nodes/api/tagPaths';
import { amountFrom } from '../../nodes/documents/amountFrom';
import { byFieldName } from '../../nodes/documents/byFieldName';
import { decimalFrom } from '../../nodes/documents/decimalFrom';
import { idsFrom } from '../../nodes/documents/documentIds';
import { backLinks, otherEnds } from '../../nodes/documents/edit/backLinks';
import { refuseContradictions } from '../../nodes/documents/edit/refuseContradictions';
import { sameIds } from '../../nodes/documents/edit/difference';
import { expectedCustomFields, expectedTags } from '../../nodes/documents/edit/expectedState';
import { TagTree } from '../../nodes/documents/edit/tagTree';
import { readableValue } from '../../nodes/documents/encodeCustomFields';
import { encodeValue } from '../../nodes/documents/encodeValue';
import { plainText } from '../../nodes/documents/output/plainText';
import { cursorAt } from '../../nodes/events/cursor';
import { readRows } from '../../nodes/events/readRows';
import { listDiff } from '../../nodes/events/documentDiff';
import { RangeSet } from '../../nodes/events/rangeSet';
import { microsecondsOf, stampOf } from '../../nodes/events/stamps';
import { isTestFile } from '../../nodes/events/testFile';
import {
	changedOptions,
	changesLeft,
	labelsFrom,
} from '../../nodes/PaperlessNgx/resources/customField/changedOptions';
import { addressesFrom } from '../../nodes/PaperlessNgx/resources/document/addressesFrom';
import { differenceFrom } from '../../nodes/PaperlessNgx/resources/document/upload/differenceFrom';
import { inOneLine } from '../../nodes/PaperlessNgx/resources/document/inOneLine';
import { rangesFrom } from '../../nodes/PaperlessNgx/resources/pdf/pageRanges';
import { countPages } from '../../nodes/PaperlessNgx/resources/pdf/countPages';
import { reasonIn } from '../../nodes/PaperlessNgx/resources/processedMail/presentMail';
import { changesBetween } from '../../nodes/PaperlessNgx/resources/shared/changesBetween';
import { writtenFile } from '../../nodes/PaperlessNgx/resources/shared/writtenFile';
import { requirePossible, tagsBelow } from '../../nodes/PaperlessNgx/resources/tag/tagsBelow';
import { deletedWith, TrashRows } from '../../nodes/PaperlessNgx/resources/trash/trashRows';
import { storagePaths } from '../../nodes/PaperlessNgx/resources/storagePath/storagePaths';
import { deliverySubject } from '../../nodes/PaperlessNgxWebhookTrigger/deliverySubject';
import { asFailure } from '../../nodes/toolkit/asFailure';
import { plainDate } from '../../nodes/toolkit/dates';
import { plainMessage } from '../../nodes/toolkit/plainMessage';
import { toNumber } from '../../nodes/toolkit/plainValues';
import { toReferences } from '../../nodes/toolkit/references';
import { growthOf } from '../support/growth.mts';

const field = (data_type: string) => ({
	id: 1,
	name: 'Field',
	data_type,
	extra_data: { select_options: [{ id: 'a1', label: 'Open' }], default_currency: 'EUR' },
});
const encode = (type: string) => (text: string) => encodeValue(field(type), text, 'Europe/Berlin');
const number = { displayName: 'Number', name: 'number', type: 'number', default: 0 } as const;
const names = Array.from({ length: 200 }, (_, id) => ({ id, name: `Correspondent ${id}` }));
const index = new NameIndex(names);
const baseUrl = 'https://paperless.test';
const conceal = concealer(['another-shape-of-token', 'Bearer inner secret', '0'.repeat(64)]);
const reply = (body: string, status = 400) => ({ status, headers: {}, body });

/** Every function that reads text from a server, a document, an e-mail or a stranger. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
	addressesFrom,
	amountFrom: (text) => amountFrom(text, 'EUR'),
	asFailure: (text) => asFailure({ message: text }),
	concealer: (text) => conceal(text),
	countPages: (text) => countPages(Buffer.from(`%PDF-1.7 ${text}`, 'latin1')),
	decimalFrom,
	deliverySubject: (text) => deliverySubject('consumptionStarted', { doc_url: text }),
	'deliverySubject of a document': (text) => deliverySubject('documentAdded', { doc_url: text }),
	didYouMean: (text) => didYouMean(text, [...names.map(({ name }) => name), text]),
	'encodeValue of an amount': encode('monetary'),
	'encodeValue of a date': encode('date'),
	'encodeValue of links': encode('documentlink'),
	'encodeValue of a number': encode('float'),
	'encodeValue of an option': encode('select'),
	'encodeValue of a text': encode('string'),
	'encodeValue of an address': encode('url'),
	explainReply: (text) =>
		explainReply({ method: 'GET', path: 'api/tags/' }, reply(text), 'https://paperless.test'),
	explainUnreadable: (text) => explainUnreadable('notJson', reply(text, 200)),
	fileNameFrom,
	fillIn: (text) => fillIn(text, {}),
	'fullTextQuery of words': (text) => fullTextQuery('allWords', text),
	'fullTextQuery of a phrase': (text) => fullTextQuery('exactPhrase', text),
	idsFrom: (text) => idsFrom(text, 'Document IDs', 'documentIds'),
	idAt: (text) =>
		idAt({ baseUrl, webUrl: baseUrl }, webPages.document, {
			text,
			noun: 'document',
			parameter: undefined,
		}),
	inOneLine,
	isTestFile,
	isWebPage,
	labelsFrom,
	normalizeBaseUrl,
	parseJson,
	pathParts,
	plainDate: (text) => plainDate(text, 'Created', 'Europe/Berlin'),
	plainText,
	microsecondsOf,
	plainMessage,
	reasonIn,
	'RangeSet.parse': (text) => RangeSet.parse(text).with([1, 2, 3]),
	rangesFrom: (text) => rangesFrom(text, 10),
	safeFileName,
	serverFrom: (text) => serverFrom({ 'x-version': text, 'x-api-version': text }),
	storagePaths: (text) => storagePaths.sameness?.path?.(text, text),
	tagsAlong: (text) => tagsAlong(index, text.split(' / ')),
	taskListSchema: (text) =>
		taskListSchema.safeParse([{ task_id: 'a', status: 'FAILURE', result: text }]),
	toNumber: (text) => toNumber(number, text),
	toReferences: (text) => toReferences(text, 'Tags'),
	'writtenFile from base64': (text) =>
		writtenFile({ input: 'base64', text: '', base64: text, fileName: 'a.txt' }),
	'writtenFile from a data URL': (text) =>
		writtenFile({ input: 'base64', text: '', base64: `data:${text}`, fileName: 'a.txt' }),
	withName: (text) => toReferences(text, 'Tags').map((name) => index.withName(String(name))),
};

const pieces = [
	...'<>{}[]"\'\\/%=-+.,;:*_#@ \t\n\r0a€é\u0000\ud800',
	'1 ',
	'1.',
	'1,',
	'a,',
	'a / ',
	'<a ',
	'</html',
	'{a',
	'[[',
	'{"a":',
	'""',
	'","',
	'"a, "',
	'\\"',
	'%e2',
	'filename="',
	"filename*=utf-8''",
	'1 0 obj ',
	'/Type /Pages ',
	'endobj ',
	'New document id 1',
	'/documents/1',
	'https://',
	'a@',
	'1-',
	'&lt;',
	'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
];

const frames = [
	['', ''],
	['1', '!'],
	['"', 'x'],
	['- ', ' x'],
	['{"detail":["', '"]}'],
] as const;

const hostileTexts = pieces.flatMap((piece) =>
	frames.map(([start, end]) => ({
		shown: JSON.stringify(`${start}${piece}…${end}`),
		ofSize: (size: number) =>
			start + piece.repeat(Math.ceil(size / piece.length)).slice(0, size) + end,
	})),
);

/** Most hostile texts are refused, which has to be fast as well. */
function settled(work: () => unknown): void {
	try {
		const result = work();
		if (result instanceof Promise) result.catch(() => undefined);
	} catch {
		return;
	}
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const everySecond = (count: number) => upTo(count).map((id) => id * 2);
const select = (count: number) => ({
	...field('select'),
	extra_data: {
		select_options: upTo(count).map((id) => ({ id: `o${id}`, label: `Option ${id}` })),
	},
});
const labels = (count: number) => upTo(count).map((id) => `Option ${id}`);
const named = (count: number) => upTo(count).map((id) => ({ id, name: `Tag ${id}`, parent: 1 }));

/** Every loop over rows, ids or names that come from outside. The first function prepares. */
const loops: Readonly<Record<string, (count: number) => () => unknown>> = {
	backLinks: (count) => {
		const archive = {
			tagTree: new TagTree([]),
			customFields: new Map([[1, field('documentlink')]]),
		};
		const stateWith = (links: readonly number[]) => ({
			values: {},
			customFields: new Map([[1, links]]),
		});
		const [before, expected] = [stateWith(upTo(count)), stateWith(everySecond(count))];
		const difference = { values: {}, customFields: { set: { 1: everySecond(count) }, remove: [] } };
		const change = { id: 1, intent: {}, before, expected, difference };
		return () => backLinks(change, otherEnds(change, archive), new Map(), new Map());
	},
	changesBetween: (count) => () =>
		changesBetween({ ids: upTo(count) }, { ids: everySecond(count) }),
	'changedOptions, all added': (count) => () => changedOptions(select(0), { added: labels(count) }),
	'changedOptions, all renamed': (count) => () =>
		changedOptions(select(count), { renamed: labels(count).map((name) => [name, `New ${name}`]) }),
	'changedOptions, all removed': (count) => () =>
		changedOptions(select(count), { removed: labels(count) }),
	'changesLeft, all present': (count) => () =>
		changesLeft(select(count), { added: labels(count), removed: labels(count) }),
	'deletedWith for each document': (count) => {
		const trash = new TrashRows(
			upTo(count).flatMap((id) => [
				{ id, deleted_at: '2024-01-01T00:00:00Z' },
				{ id: -id, root_document: id, deleted_at: '2024-01-01T00:00:00Z' },
			]),
		);
		return () => upTo(count).map((id) => deletedWith(trash, trash, id));
	},
	differenceFrom: (count) => {
		const grants = { users: upTo(count), groups: upTo(count) };
		const permissions = { view: grants, change: grants };
		const document = { id: 1, tags: everySecond(count), permissions };
		const intent = { values: {}, tags: upTo(count), customFields: {}, permissions, note: '' };
		return () => differenceFrom(document, intent);
	},
	'byFieldName with names that n8n drops': (count) => {
		const names = upTo(count).flatMap((at) => ['__proto__', `__proto__ (${at + 1})`]);
		return () => byFieldName(names.map((name) => [name, 1]));
	},
	'didYouMean among many names': (count) => {
		const all = upTo(count).map((id) => `Correspondent with a long name ${id}`);
		return () => didYouMean('Correspondent with a long nam 0815'.padEnd(120, 'x'), all);
	},
	'expectedCustomFields with links': (count) => {
		const archive = {
			tagTree: new TagTree([]),
			customFields: new Map([[1, field('documentlink')]]),
		};
		const links = upTo(count);
		return () => expectedCustomFields(1, new Map(), { set: { 1: links } }, archive, links);
	},
	expectedTags: (count) => {
		const tree = new TagTree([]);
		return () => expectedTags(upTo(count), { remove: everySecond(count) }, tree);
	},
	explainReply: (count) => {
		const depth = '{"a":'.repeat(Math.min(count, 2000));
		const body = `${depth}${JSON.stringify(labels(count))}${'}'.repeat(Math.min(count, 2000))}`;
		return () =>
			explainReply({ method: 'GET', path: 'api/tags/' }, reply(body), 'https://paperless.test');
	},
	listDiff: (count) => () => listDiff(upTo(count), everySecond(count)),
	'NameIndex, each name once': (count) => () => {
		const many = new NameIndex(named(count));
		return many.objects.map(({ name }) => many.withName(name));
	},
	'RangeSet.has with gaps': (count) => {
		const set = RangeSet.empty.with(everySecond(count));
		return () => upTo(count).map((id) => set.has(id));
	},
	'readRows with gaps, ten polls': (count) => () => {
		let cursor = cursorAt('2024-01-01T00:00:00Z', RangeSet.empty, 0);
		for (const poll of upTo(10)) {
			const rows = upTo(count / 10).map((at) => ({
				id: (poll * count + at) * 2,
				modified: stampOf(BigInt(poll * 1_000_000_000 + at)),
			}));
			({ cursor } = readRows(cursor, rows, { now: poll }));
		}
	},
	'readableValue of many documents': (count) => {
		const options = select(count);
		return () => upTo(count).map((id) => readableValue(options, `o${id}`));
	},
	refuseContradictions: (count) => () =>
		refuseContradictions(
			{
				tags: { add: upTo(count), remove: upTo(count).map((id) => -id) },
				customFields: { attach: upTo(count), remove: upTo(count).map((id) => -id) },
			},
			{ tagTree: new TagTree([]), customFields: new Map() },
		),
	'requirePossible for each of many deletions': (count) => {
		const all = named(count);
		const [target] = all;
		if (!target) throw new Error('No tag');
		const deletions = all
			.slice(1, 40)
			.map((tag) => ({ tag, withChildren: true, dryRun: false, target }));
		return () =>
			deletions.map((one) => requirePossible(all, one, { later: deletions, others: deletions }));
	},
	sameIds: (count) => {
		const ids = upTo(count);
		return () => sameIds(ids, ids.toReversed());
	},
	'tagsBelow in a chain': (count) => {
		const chain = upTo(count).map((id) => ({ id, name: `Tag ${id}`, parent: id - 1 }));
		return () => tagsBelow(chain, 1);
	},
	'pathOf in a chain': (count) => {
		const chain = upTo(count).map((id) => ({ id, name: `Tag ${id}`, parent: id - 1 }));
		const tags = new Map(chain.map((tag) => [tag.id, tag]));
		return () => pathOf(tags, chain[count - 1]!);
	},
	'tagsAlong many children': (count) => {
		const tree = new NameIndex([{ id: 1, name: 'Top', parent: null }, ...named(count).slice(1)]);
		return () => labels(count).map((name) => tagsAlong(tree, ['Top', name]));
	},
	'TagTree with many children': (count) => () => new TagTree(named(count)).downwards(2),
};

describe('Text from outside takes linear time', () => {
	it.each(Object.entries(readers))('in %s', (_, read) => {
		const isSlow = (ofSize: (size: number) => string) =>
			growthOf((size) => {
				const text = ofSize(size);
				return () => settled(() => read(text));
			}, 2 ** 16) > 3;

		expect(hostileTexts.find(({ ofSize }) => isSlow(ofSize))?.shown).toBeUndefined();
	});

	it.each(Object.entries(loops))('in the loop of %s', (_, loop) => {
		expect(growthOf(loop, 2 ** 15)).toBeLessThan(3);
	});
});
