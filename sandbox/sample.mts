import { PDFDocument, StandardFonts } from 'pdf-lib';
import { consume } from './consume.mts';
import { setValue } from './customFieldValues.mts';
import { noGrants } from './store.mts';
import type { Document, Matching, Store } from './store.mts';
import { midnight } from './times.mts';

const correspondents = [
	'Northwind Energy',
	'City Water Works',
	'Harbour Insurance',
	'Meadow Dental Practice',
	'City Library',
	'Tax Office',
	'Greenfield Housing',
	'Blue Bicycle Shop',
	'Skyline Mobile',
	'Riverside Bank',
];
const documentTypes = ['Invoice', 'Letter', 'Contract', 'Receipt', 'Certificate'];

const tags = [
	{ name: 'Inbox', color: '#e31a1c', is_inbox_tag: true },
	{ name: 'Household', color: '#33a02c' },
	{ name: 'Health', color: '#fb9a99' },
	{ name: 'Taxes', color: '#1f78b4' },
	{ name: 'To pay', color: '#ff7f00' },
	{ name: 'Paid', color: '#b2df8a' },
];

const fields = [
	{ name: 'Reference', data_type: 'string' },
	{ name: 'Customer portal', data_type: 'url' },
	{ name: 'Due', data_type: 'date' },
	{ name: 'Direct debit', data_type: 'boolean' },
	{ name: 'Installments', data_type: 'integer' },
	{ name: 'Consumption', data_type: 'float' },
	{ name: 'Amount', data_type: 'monetary', extra_data: { default_currency: 'EUR' } },
	{ name: 'Related', data_type: 'documentlink' },
	{
		name: 'Status',
		data_type: 'select',
		extra_data: {
			select_options: [
				{ id: 'sandboxStateOpen', label: 'Open' },
				{ id: 'sandboxStatePaid', label: 'Paid' },
				{ id: 'sandboxStateObjn', label: 'Objected' },
			],
		},
	},
	{ name: 'Remarks', data_type: 'longtext' },
];

type FieldName = (typeof fields)[number]['name'];

interface Sample {
	/** Years before the current year; `day` lies in that year. */
	age: number;
	day: string;
	title: string;
	from?: string;
	type?: string;
	tags?: string[];
	lines: string[];
	/** Plain text by default. */
	format?: 'pdf' | 'csv';
	asn?: number;
	note?: string;
	values?: Record<FieldName, unknown>;
}

const euros = (amount: number): string => `EUR${amount.toFixed(2)}`;

const types = { pdf: 'application/pdf', csv: 'text/csv', txt: 'text/plain' };

/** Documents that arrive every year. Prices rise from year to year. */
const yearly = (age: number, year: number): Sample[] => [
	...['02-12', '05-14', '08-13', '11-12'].map((day, quarter): Sample => {
		const amount = 212.4 - age * 14 + quarter * 3.25;
		const kilowattHours = 640.5 - quarter * 12;
		return {
			age,
			day,
			title: `Electricity ${quarter + 1}/${year}`,
			from: 'Northwind Energy',
			type: 'Invoice',
			tags: ['Household'],
			format: 'pdf',
			lines: [
				'Northwind Energy',
				`Invoice NE-${year}-${quarter + 1}`,
				`Electricity, quarter ${quarter + 1} of ${year}`,
				`Consumption: ${kilowattHours} kWh`,
				`Amount due: ${amount.toFixed(2)} EUR`,
				'Payable within 14 days.',
			],
			values: {
				Reference: `NE-${year}-${quarter + 1}`,
				'Customer portal': 'https://northwind.example.com/account',
				Consumption: kilowattHours,
				Amount: euros(amount),
				'Direct debit': true,
				Status: 'sandboxStatePaid',
			},
		};
	}),
	{
		age,
		day: '01-22',
		title: `Water bill ${year - 1}`,
		from: 'City Water Works',
		type: 'Invoice',
		tags: ['Household'],
		format: 'pdf',
		lines: [
			'City Water Works',
			`Statement for ${year - 1}`,
			`Water used: ${118 - age} m3`,
			`Amount due: ${(286.1 - age * 9).toFixed(2)} EUR`,
			`Please pay by ${year}-02-15.`,
		],
		values: {
			Reference: `W-${year}-4402`,
			Due: `${year}-02-15`,
			Amount: euros(286.1 - age * 9),
			Installments: 4,
			'Direct debit': false,
		},
	},
	{
		age,
		day: '03-04',
		title: `Household insurance ${year}`,
		from: 'Harbour Insurance',
		type: 'Letter',
		tags: ['Household'],
		lines: [
			'Harbour Insurance',
			`Your premium for ${year} is ${98 + (3 - age) * 2}.00 EUR.`,
			'The amount will be collected from your account on 1 April.',
			'Kind regards',
		],
		values: { Amount: euros(98 + (3 - age) * 2), 'Direct debit': true },
	},
	{
		age,
		day: '06-18',
		title: `Tax assessment ${year - 1}`,
		from: 'Tax Office',
		type: 'Letter',
		tags: ['Taxes'],
		format: 'pdf',
		asn: 100 + (3 - age),
		lines: [
			'Tax Office',
			`Assessment of income tax for ${year - 1}`,
			`Refund: ${(410 + age * 25).toFixed(2)} EUR`,
			'Objections can be filed within one month.',
		],
		values: {
			Reference: `TX/${year - 1}/33-901`,
			Amount: euros(-(410 + age * 25)),
			Due: `${year}-07-18`,
		},
	},
	{
		age,
		day: '04-09',
		title: `Dental check-up ${year}`,
		from: 'Meadow Dental Practice',
		type: 'Invoice',
		tags: ['Health', 'Paid'],
		lines: [
			'Meadow Dental Practice',
			`Invoice ${year}-0${age + 3}7`,
			'Professional cleaning and check-up',
			`Total: ${85 + (3 - age) * 5}.00 EUR`,
		],
		values: {
			Reference: `${year}-0${age + 3}7`,
			Amount: euros(85 + (3 - age) * 5),
			Status: 'sandboxStatePaid',
		},
	},
	{
		age,
		day: '09-30',
		title: `Service charges ${year - 1}`,
		from: 'Greenfield Housing',
		type: 'Letter',
		tags: ['Household'],
		format: 'pdf',
		lines: [
			'Greenfield Housing',
			`Statement of service charges for ${year - 1}`,
			'Heating, cleaning, lift, garden',
			`Additional payment: ${(64.8 + age * 11).toFixed(2)} EUR`,
		],
		values: {
			Amount: euros(64.8 + age * 11),
			Status: age === 0 ? 'sandboxStateObjn' : 'sandboxStatePaid',
		},
		...(age === 1 && { note: 'The lift was out of order for two months: ask for a reduction.' }),
	},
	...['07-05', '12-28'].map(
		(day, half): Sample => ({
			age,
			day,
			title: `Bank statement ${half + 1}/${year}`,
			from: 'Riverside Bank',
			type: 'Receipt',
			format: 'csv',
			lines: [
				'date,payee,amount',
				`${year}-${half === 0 ? '02' : '08'}-01,Greenfield Housing,-870.00`,
				`${year}-${half === 0 ? '04' : '10'}-01,Harbour Insurance,-98.00`,
			],
		}),
	),
];

const once: Sample[] = [
	{
		age: 3,
		day: '02-01',
		title: 'Rental contract',
		from: 'Greenfield Housing',
		type: 'Contract',
		tags: ['Household'],
		format: 'pdf',
		asn: 1,
		lines: [
			'Rental contract',
			'Between Greenfield Housing and Ada Example',
			'Flat 4, Garden Street 12',
			'Monthly rent: 870.00 EUR',
			'Deposit: three months',
		],
		note: 'The original is in the blue folder.',
		values: { Amount: euros(870) },
	},
	{
		age: 3,
		day: '03-15',
		title: 'Mobile phone contract',
		from: 'Skyline Mobile',
		type: 'Contract',
		format: 'pdf',
		asn: 2,
		lines: [
			'Skyline Mobile',
			'Contract for 24 months',
			'Monthly fee: 14.99 EUR',
			'Notice period: one month',
		],
		values: { Reference: 'SK-77120', Amount: euros(14.99), Installments: 24 },
	},
	{
		age: 2,
		day: '05-20',
		title: 'Bicycle',
		from: 'Blue Bicycle Shop',
		type: 'Receipt',
		tags: ['Paid'],
		asn: 3,
		lines: [
			'Blue Bicycle Shop',
			'Touring bicycle, frame number BB-55-1042',
			'Total: 949.00 EUR',
			'Warranty: two years',
		],
		values: { Reference: 'BB-55-1042', Amount: euros(949) },
	},
	{
		age: 1,
		day: '05-22',
		title: 'Bicycle inspection',
		from: 'Blue Bicycle Shop',
		type: 'Receipt',
		tags: ['Paid'],
		lines: ['Blue Bicycle Shop', 'Inspection, new brake pads', 'Total: 62.50 EUR'],
		values: { Amount: euros(62.5) },
	},
	{
		age: 1,
		day: '05-23',
		title: 'Inspection, scanned again',
		from: 'Blue Bicycle Shop',
		type: 'Receipt',
		lines: ['Blue Bicycle Shop', '', 'Inspection, new brake pads', 'Total: 62.50 EUR'],
	},
	{
		age: 2,
		day: '10-08',
		title: 'Library card',
		from: 'City Library',
		type: 'Letter',
		lines: ['City Library', 'Your membership card 4711 has been renewed.', 'Kind regards'],
	},
	{
		age: 1,
		day: '11-30',
		title: 'First aid certificate',
		from: 'City Library',
		type: 'Certificate',
		tags: ['Health'],
		asn: 4,
		lines: ['Certificate', 'Ada Example has completed a first aid course of nine hours.'],
		values: { Remarks: 'Valid for two years.\nRenew in time.' },
	},
	{
		age: 1,
		day: '12-05',
		title: 'Mobile phone contract cancelled',
		from: 'Skyline Mobile',
		type: 'Letter',
		lines: ['Skyline Mobile', 'We confirm the end of your contract SK-77120.'],
		values: { Reference: 'SK-77120' },
	},
];

/** Arrived today and is not classified yet. */
const scan: Omit<Sample, 'age' | 'day'> = {
	title: 'Scan 0815',
	lines: ['Old Town Bakery', 'Bread and rolls for the summer party', 'Total: 12.80 EUR'],
};

const paymentDays = 14;

/** About forty documents of a household from three years. The latest are still in the inbox. */
export async function buildSample(store: Store): Promise<void> {
	const owner = store.users.values().next().value?.id ?? 0;
	fillClassification(store, owner);
	const idOf = (rows: Iterable<{ id: number; name: string }>, name: string): number => {
		for (const row of rows) if (row.name === name) return row.id;
		throw new Error(`The sample has no ${name}`);
	};
	const present = store.date().getUTCFullYear();
	const from = `${present - 3}${store.today().slice(4)}`;
	const dated = [...[0, 1, 2, 3].flatMap((age) => yearly(age, present - age)), ...once]
		.map((sample) => ({ sample, day: `${present - sample.age}-${sample.day}` }))
		.filter(({ sample, day }) => day <= store.today() && (day > from || once.includes(sample)))
		.toSorted((a, b) => (a.day < b.day ? -1 : 1));
	const today = store.today();
	dated.push({ sample: { ...scan, age: 0, day: today.slice(5) }, day: today });
	const inbox = idOf(store.tags.values(), 'Inbox');
	for (const [index, { sample, day }] of dated.entries()) {
		const bytes =
			sample.format === 'pdf'
				? await drawPdf(sample.lines)
				: Buffer.from(`${sample.lines.join('\n')}\n`);
		const document = await consume(store, {
			bytes,
			fileName: `scan-${day}-${index + 1}.${sample.format ?? 'txt'}`,
			type: types[sample.format ?? 'txt'],
			title: sample.title,
			created: midnight(day),
			...(sample.from && { correspondent: idOf(store.correspondents.values(), sample.from) }),
			...(sample.type && { documentType: idOf(store.document_types.values(), sample.type) }),
			tags: (sample.tags ?? []).map((name) => idOf(store.tags.values(), name)),
			customFields: [],
			owner,
			...(sample.format === 'pdf' && {
				storagePath: idOf(store.storage_paths.values(), 'By year and sender'),
			}),
			...(sample.asn !== undefined && { asn: sample.asn }),
		});
		const isNew = index >= dated.length - 4;
		if (!isNew) document.tags = document.tags.filter((id) => id !== inbox);
		if (isNew && sample.type === 'Invoice') document.tags.push(idOf(store.tags.values(), 'To pay'));
		decorate(store, document, sample, owner);
		if (isNew && sample.type) decorate(store, document, { values: openSince(day) }, owner);
		// A time in the future would hide documents from triggers that arrive before it.
		if (day < today) backdate(document, day, index);
	}
	linkTitles(store, 'Mobile phone contract cancelled', 'Mobile phone contract');
	linkTitles(store, 'Bicycle inspection', 'Bicycle');
}

function fillClassification(store: Store, owner: number): void {
	const matching = (name: string): Omit<Matching, 'id'> => ({
		name,
		match: '',
		matching_algorithm: 0,
		is_insensitive: true,
		owner,
		grants: noGrants(),
	});
	for (const name of correspondents)
		store.correspondents.add({ ...matching(name), match: name, matching_algorithm: 3 });
	for (const name of documentTypes) store.document_types.add(matching(name));
	for (const tag of tags)
		store.tags.add({ is_inbox_tag: false, parent: null, ...matching(tag.name), ...tag });
	if (store.profile.nestedTags) {
		const parent = store.tags.find(({ name }) => name === 'Household')?.id ?? null;
		store.tags.add({ ...matching('Flat'), color: '#cab2d6', is_inbox_tag: false, parent });
	}
	store.storage_paths.add({
		...matching('By year and sender'),
		path: '{{ created_year }}/{{ correspondent }}/{{ title }}',
	});
	for (const field of fields) {
		if (field.data_type === 'longtext' && !store.profile.longTextFields) continue;
		store.custom_fields.add({ extra_data: null, ...field });
	}
}

function decorate(
	store: Store,
	document: Document,
	{ values = {}, note }: Pick<Sample, 'values' | 'note'>,
	user: number,
): void {
	for (const [name, value] of Object.entries(values)) {
		const field = store.custom_fields.find((candidate) => candidate.name === name);
		if (field) setValue(store, document, field.id, value);
	}
	if (note) document.notes.push({ id: store.nextNoteId(), note, created: document.added, user });
}

const openSince = (day: string) => ({
	Status: 'sandboxStateOpen',
	Due: new Date(Date.parse(day) + paymentDays * 86_400_000).toISOString().slice(0, 10),
});

/** Makes the archive look as if it had grown over the years. */
function backdate(document: Document, day: string, index: number): void {
	const minute = String((index * 7) % 60).padStart(2, '0');
	document.added = `${day}T17:${minute}:12.345678Z`;
	document.modified = `${day}T17:${minute}:13.456789Z`;
	document.indexed = document.modified;
	for (const note of document.notes) note.created = document.modified;
}

function linkTitles(store: Store, from: string, to: string): void {
	const document = store.documents.find(({ title }) => title === from);
	const target = store.documents.find(({ title }) => title === to);
	const field = store.custom_fields.find(({ name }) => name === 'Related');
	if (!document || !target || !field) return;
	const { modified } = target;
	setValue(store, document, field.id, [target.id]);
	target.modified = modified;
}

async function drawPdf(lines: string[]): Promise<Uint8Array> {
	const pdf = await PDFDocument.create();
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	const page = pdf.addPage([420, 595]);
	for (const [index, line] of lines.entries()) {
		page.drawText(line, { x: 40, y: 530 - index * 24, size: index === 0 ? 16 : 11, font });
	}
	return pdf.save();
}
