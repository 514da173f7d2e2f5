import { z } from 'zod';
import type { Connection } from './connection';
import type { ListOptions } from './readAll';
import { readAll, readPage } from './readAll';
import type { Query } from './httpTransport';

export type Listing<T> = {
	readonly path: string;
	get(id: number): Promise<T>;
	list(query: Query, options: ListOptions): Promise<T[]>;
	page(query: Query, page: number, pageSize: number): ReturnType<typeof readPage<T>>;
};

export type Collection<T, Draft> = Listing<T> & {
	create(draft: Draft): Promise<T>;
	update(id: number, changes: Partial<Draft>): Promise<T>;
	delete(id: number): Promise<void>;
};

/** A list and a detail route that are only read. */
export function listing<T extends { id: number }>(
	connection: Connection,
	name: string,
	schema: z.ZodType<T, z.ZodTypeDef, unknown>,
): Listing<T> {
	const path = `api/${name}/`;
	return {
		path,
		get: async (id) => await connection.get(`${path}${id}/`, {}, schema),
		list: async (query, options) => await readAll(connection, path, query, schema, options),
		page: async (query, page, pageSize) =>
			await readPage(connection, path, query, schema, page, pageSize),
	};
}

/** What every resource of the server with a list and a detail route can do. */
export function collection<T extends { id: number }, Draft>(
	connection: Connection,
	name: string,
	schema: z.ZodType<T, z.ZodTypeDef, unknown>,
): Collection<T, Draft> {
	const rows = listing(connection, name, schema);
	const { path } = rows;
	const at = (id: number) => `${path}${id}/`;
	return {
		...rows,
		create: async (draft) => await connection.send('POST', path, { json: draft }, schema),
		update: async (id, changes) =>
			await connection.send('PATCH', at(id), { json: changes }, schema),
		delete: async (id) => {
			await connection.send('DELETE', at(id), undefined, z.unknown());
		},
	};
}
