import { recordedNames } from '../../../sandbox/profiles.mts';
import type { RecordedName } from '../../../sandbox/profiles.mts';
import { endpointAt, endpoints, kindsOfLeftOut } from './endpoints.mts';
import type { Endpoint, LeftOut, Method } from './endpoints.mts';

const servers = recordedNames;

export interface Coverage {
	method: Method;
	path: string;
	servers: readonly RecordedName[];
	/** Where an operation asks it. */
	askedOf: RecordedName[];
	leftOut: LeftOut | undefined;
}

/** One row for each request that the servers take, and for what operations ask beyond them. */
export function coverage(
	requestsOf: ReadonlyMap<RecordedName, ReadonlySet<string>>,
	table: readonly Endpoint[] = endpoints,
): Coverage[] {
	const asked = new Map<Endpoint, Set<string>>();
	const requests = new Set<string>();
	for (const [server, own] of requestsOf) {
		for (const request of own) {
			const [method, path = ''] = request.split(' ');
			const endpoint = endpointAt(server, path, table);
			if (endpoint) asked.set(endpoint, (asked.get(endpoint) ?? new Set()).add(server + method));
			requests.add(request);
		}
	}
	const isKnown = (method: Method, path: string): boolean =>
		servers.some((server) => endpointAt(server, path, table)?.methods.includes(method));
	const rows = table.flatMap((endpoint) =>
		endpoint.methods.map((method): Coverage => {
			const { path, servers: known, leftOut } = endpoint;
			const askedOf = known.filter((server) => asked.get(endpoint)?.has(server + method));
			return { method, path, servers: known, askedOf, leftOut: leftOut[method] };
		}),
	);
	const others = [...requests].flatMap((request): Coverage[] => {
		const [method, path] = request.split(' ') as [Method, string];
		const nowhere = { servers: [], askedOf: [], leftOut: undefined };
		return isKnown(method, path) ? [] : [{ method, path, ...nowhere }];
	});
	return [...rows, ...others];
}

/** What is wrong with a row: nobody decided about it, or it was decided otherwise. */
export function problemOf({ servers: known, askedOf, leftOut }: Coverage): string | undefined {
	if (known.length === 0) return 'asked by an operation, but in no list of what servers offer';
	if (askedOf.length > 0 && leftOut !== undefined) return 'covered, but listed as left out';
	return askedOf.length === 0 && leftOut === undefined
		? 'not asked, and no reason is listed'
		: undefined;
}

/** Returns whether every request is covered or left out for a reason. */
export function report(rows: readonly Coverage[], print: (line: string) => void): boolean {
	for (const row of rows) {
		const { method, path, servers: known, leftOut } = row;
		const isEverywhere = [0, servers.length].includes(known.length);
		const where = isEverywhere ? '' : ` (${known.join(', ')})`;
		const reason = leftOut && `left out (${kindsOfLeftOut[leftOut.kind]}): ${leftOut.reason}`;
		const verdict = problemOf(row) ?? reason ?? 'covered';
		print(`  ${method.padEnd(6)} /api/${path}${where} – ${verdict}`);
	}
	for (const server of servers) {
		const own = rows.filter((row) => row.servers.includes(server));
		const covered = own.filter(({ askedOf }) => askedOf.length > 0).length;
		const leftOut = own.filter((row) => row.leftOut !== undefined && problemOf(row) === undefined);
		const kinds = Object.entries(kindsOfLeftOut).map(
			([kind, words]) => `${leftOut.filter((row) => row.leftOut?.kind === kind).length} ${words}`,
		);
		print(
			`${server}: ${covered} of ${own.length} requests covered, ${leftOut.length} left out (${kinds.join(', ')})`,
		);
	}
	return rows.every((row) => problemOf(row) === undefined);
}

/** For `npm run coverage:api`. */
export function printWhereAsked(text: string): void {
	if (process.env['API_COVERAGE'] === 'print') process.stdout.write(`${text}\n`);
}
