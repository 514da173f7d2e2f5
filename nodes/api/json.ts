export type JsonRecord = Record<string, unknown>;

export const isRecord = (value: unknown): value is JsonRecord =>
	value !== null && typeof value === 'object' && !Array.isArray(value);
