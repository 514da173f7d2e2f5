import { z } from 'zod';
import type { Connection, Schema } from './connection';
import type { Query } from './httpTransport';
import type { ListOptions } from './readAll';
import { readAll } from './readAll';
import type { Page } from './readPage';
import { readPage } from './readPage';

export type Listing<T> = {
	readonly path: string;
	/** Throws an error of the kind `notFound` for an object that is missing or not visible. */
	get(id: number, query?: Query): Promise<T>;
	list(query: Query, options: ListOptions): Promise<T[]>;
	/** Pages are counted from 1. */
	page(query: Query, page: number, pageSize: number): Promise<Page<T>>;
};

export type Collection<T, Draft> = Listing<T> & {
	create(draft: Draft): Promise<T>;
	/** Changes only the fields that are given. */
	update(id: number, changes: Partial<Draft>): Promise<T>;
	delete(id: number): Promise<void>;
};

/** A resource of the server that this client only reads: a list route and a detail route. */
export function listing<T extends { id: number }>(
	connection: Connection,
	name: string,
	schema: Schema<T>,
	listSchema: Schema<T[]> = z.array(schema),
): Listing<T> {
	const path = `api/${name}/`;
	return {
		path,
		get: (id, query = {}) => connection.get(`${path}${id}/`, query, schema),
		list: (query, options) => readAll(connection, path, query, listSchema, options),
		page: (query, page, pageSize) => readPage(connection, path, query, listSchema, page, pageSize),
	};
}

/** A resource of the server with a list route and a detail route that take changes. */
export function collection<T extends { id: number }, Draft>(
	connection: Connection,
	name: string,
	schema: Schema<T>,
	listSchema?: Schema<T[]>,
): Collection<T, Draft> {
	const rows = listing(connection, name, schema, listSchema);
	const { path } = rows;
	const at = (id: number) => `${path}${id}/`;
	return {
		...rows,
		create: (draft) => connection.send('POST', path, { json: draft }, schema),
		update: (id, changes) => connection.send('PATCH', at(id), { json: changes }, schema),
		delete: async (id) => {
			await connection.send('DELETE', at(id), undefined, z.unknown());
		},
	};
}
