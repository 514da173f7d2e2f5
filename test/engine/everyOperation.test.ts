import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Parameter } from '../../nodes/toolkit/parameter.ts';
import type { Engine } from '../support/engine.mts';
import type { Case } from '../support/operationCases.mts';
import { addNamed, cases, isAi, isOffered, writes } from '../support/operationCases.mts';
import { byId, engineFor, refusal, run, textFile } from '../support/paperless.mts';
import type { Profile } from '../support/sandbox.mts';
import { profiles, Sandbox } from '../support/sandbox.mts';

const isShown = ({ displayOptions }: Parameter, { operation, values: given }: Case) =>
	Object.entries(displayOptions?.show ?? {}).every(([name, wanted]) => {
		const { default: usual } = operation.parameters.find((one) => one.name === name) ?? {};
		return (wanted as unknown[] | undefined)?.includes(given[name] ?? usual);
	});

/** Something that no parameter of that type can take, as an expression may yield it. */
function wrong(parameter: Parameter): unknown {
	if (parameter.typeOptions?.loadOptionsMethod !== undefined) return '={{ [{ a: 1 }] }}';
	switch (parameter.type) {
		case 'boolean':
			return '={{ "perhaps" }}';
		case 'number':
			return '={{ "many" }}';
		case 'string':
		case 'dateTime':
		case 'color':
			return '={{ ({ a: 1 }) }}';
		case 'json':
			return '={{ "[" }}';
		case 'options':
		case 'multiOptions':
			return '={{ ["nonsense"] }}';
		case 'resourceLocator':
			return '={{ "Nobody knows" }}';
		default:
			return undefined;
	}
}

type Row = {
	name: string;
	label: string;
	of: Case;
	parameters: IDataObject;
	/** Whether nothing is refused here; other fields of collections are then as if not added. */
	rejectsEmpty: boolean;
};

/** Every parameter of every operation, each with a value that is bad in one way. */
const rowsOf = (bad: (parameter: Parameter) => unknown): Row[] =>
	cases.flatMap((of) =>
		of.operation.parameters
			.filter((parameter) => isShown(parameter, of))
			.flatMap((parameter): Row[] => {
				const row = (label: string, value: unknown, rejectsEmpty = true): Row => ({
					name: of.name,
					label,
					of,
					parameters: { ...of.values, [parameter.name]: value } as IDataObject,
					rejectsEmpty,
				});
				if (parameter.type === 'collection') {
					return (parameter.options as readonly Parameter[])
						.filter((inner) => bad(inner) !== undefined)
						.map((inner) => {
							const rejectsEmpty = Boolean(parameter.rejectsEmpty ?? inner.rejectsEmpty);
							return row(inner.displayName, { [inner.name]: bad(inner) }, rejectsEmpty);
						});
				}
				return bad(parameter) === undefined ? [] : [row(parameter.displayName, bad(parameter))];
			}),
	);

let sandbox: Sandbox;
let engine: Engine;
let items: INodeExecutionData[];

function against(profile: Profile) {
	beforeAll(async () => {
		sandbox = await Sandbox.start(profile);
		engine = engineFor(sandbox);
		items = [await textFile(engine, 'A letter')];
		await addNamed(sandbox);
	});
	afterAll(async () => await sandbox.close());
	beforeEach(async () => await sandbox.forgetRequests());
}

const nothingWritten = async () =>
	expect((await sandbox.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);

describe('a value of the wrong type', () => {
	against('3.0.5');

	it.each(rowsOf(wrong))(
		'is refused by its name: $name, $label',
		async ({ of, label, parameters }) => {
			const told = await refusal(engine, of.operation.value, parameters, { items });

			expect(told.message).toContain(`“${label}”`);
			expect(told.description).not.toBe('');
			await nothingWritten();
		},
	);
});

describe('a credential that is set to Read Only', () => {
	against('3.0.5');

	it.each(cases)('lets $name look but not write', async (tested) => {
		const { operation, values: parameters } = tested;
		const { error } = await run(
			engineFor(sandbox, 'admin', { readOnly: true }),
			operation.value,
			parameters,
			{ items },
		);

		const refused = error?.message === 'The credential is set to Read Only';
		expect(refused).toBe(writes(tested));
	});
});

/** Lists of things that no server has, each by the ID. */
function unknown(parameter: Parameter): unknown {
	if (parameter.typeOptions?.loadOptionsMethod !== undefined) return [99999];
	if (parameter.type === 'resourceLocator') return byId(99999);
	return /^(documentIds|documentId|shareLinkId|bundleId|noteId|processedMailId|version|taskId)$/.test(
		parameter.name,
	)
		? '99999'
		: undefined;
}

describe.each(profiles)('an ID that is unknown, on Paperless-ngx %s', (profile) => {
	against(profile);
	const known = rowsOf(unknown).filter(({ of }) => isOffered(of, profile) && !isAi(of));

	it.each(known)('is refused: $name, $label', async ({ of, label, parameters }) => {
		const letter = await textFile(engine, `A letter for ${of.name} with an unknown ${label}`);

		const told = await refusal(engine, of.operation.value, parameters, { items: [letter] });
		const done = (await sandbox.requests()).filter(
			({ method, status }) => method !== 'GET' && status < 300,
		);

		const words = /99999|not exist|don't exist|needs Paperless-ngx (2.19|3.0)/;
		expect(`${told.message} ${told.description}`).toMatch(words);
		// Owner and permissions are set once the file is a document; the message says that it is.
		const later = /^document\.(upload|upsert)$/.test(of.name) && /Owner|User|Group/.test(label);
		if (later) expect(told.description).toMatch(/is document #\d+\. Perhaps not set/);
		else expect(done).toEqual([]);
	});
});

describe.each(profiles)('a server that is too old, Paperless-ngx %s', (profile) => {
	against(profile);
	const missing = cases.filter((one) => !isOffered(one, profile));
	if (profile === '3.0.5') return it('is not this one', () => expect(missing).toEqual([]));

	it.each(missing)('is told apart before $name is sent', async ({ operation, values: given }) => {
		const told = await refusal(engine, operation.value, given, { items });

		expect(told.message).toMatch(
			new RegExp(`needs Paperless-ngx \\d\\.\\d+ or later; this server is ${profile}$`),
		);
		await nothingWritten();
	});
});

describe.each(profiles)('a user without any permission, on Paperless-ngx %s', (profile) => {
	against(profile);
	/** What these answer is open to everybody, or is what the user may see: nothing. */
	const open =
		/autocomplete|checkForUpdate|getConfiguration|getNextAsn|getSensors|getStatistics|search.global|storagePath.test|trash.getAll|waitFor/;
	const guarded = cases.filter(
		(one) => !writes(one) && isOffered(one, profile) && !isAi(one) && !open.test(one.name),
	);
	let nobody: Engine;
	beforeAll(async () => {
		const login = { username: 'nobody', password: 'nobodypass1' };
		await sandbox.api('POST', 'users/', login);
		const { token } = await sandbox.api<{ token: string }>('POST', 'token/', login);
		nobody = engineFor(sandbox, 'admin', { apiToken: token });
	});

	it.each(guarded)('is told what $name needs', async ({ operation, values: given }) => {
		const told = await refusal(nobody, operation.value, given, { items });

		expect(told.message).toContain('The token’s user may not do this');
		expect(told.description).toMatch(/the permission “view_\w+”|marked as “Admin”/);
	});
});

describe('an empty value', () => {
	against('3.0.5');
	const empty = rowsOf((parameter) => {
		if (parameter.type === 'resourceLocator') return '={{ "" }}';
		return /^(documentIds|documentId|shareLinkId|bundleId|noteId|processedMailId|version|taskId)$/.test(
			parameter.name,
		)
			? '={{ [] }}'
			: undefined;
	});

	const isRejected = (row: Row) => row.rejectsEmpty;
	const isLeftAlone = (row: Row) => !row.rejectsEmpty && writes(row.of);

	it.each(empty.filter(isLeftAlone))(
		'leaves the field alone: $name, $label',
		async ({ of, label, parameters }) => {
			const { error } = await run(engine, of.operation.value, parameters, { items });

			expect(`${error?.message}`).not.toContain(`“${label}”`);
		},
	);

	it.each(empty.filter(isRejected))(
		'is refused: $name, $label',
		async ({ of, label, parameters }) => {
			const told = await refusal(engine, of.operation.value, parameters, { items });

			expect(told.message).toContain(`“${label}”`);
			expect(told.description).not.toBe('');
			await nothingWritten();
		},
	);
});
