/** The server sends asterisks in place of a password (docs/paperless-api.md#passwords). */
export function withoutPassword<Row extends { password?: unknown }>(row: Row): Row {
	const shown = { ...row };
	delete shown.password;
	return shown;
}
