import { isRecord } from '../../api/json';
import type { Json } from '../../toolkit/operation';

/** A section of the server's status; empty where this version of the server does not have it. */
export const statusSection = (status: Json, name: string): Json => {
	const section = status[name];
	return isRecord(section) ? section : {};
};
