/** A column; texts are aligned to the left, numbers to the right. */
export type Column<Row> = { title: string; align: 'left' | 'right'; cell: (row: Row) => string };

function cellsOf<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): string[][] {
	const cells = [
		columns.map(({ title }) => title),
		...rows.map((row) => columns.map(({ cell }) => cell(row))),
	];
	const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
	const pad = (cell: string, at: number) =>
		columns[at]?.align === 'left' ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
	return cells.map((line) => line.map(pad));
}

export function textTable<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): string {
	const [titles = [], ...lines] = cellsOf(columns, rows);
	const rule = titles.map((title) => '-'.repeat(title.length));
	return [titles, rule, ...lines].map((line) => line.join('  ').trimEnd()).join('\n');
}

/** In the form that Prettier gives to tables. */
export function markdownTable<Row>(
	columns: ReadonlyArray<Column<Row>>,
	rows: readonly Row[],
): string {
	const [titles = [], ...lines] = cellsOf(columns, rows);
	const rule = titles.map(({ length }, at) =>
		columns[at]?.align === 'left' ? '-'.repeat(length) : `${'-'.repeat(length - 1)}:`,
	);
	return [titles, rule, ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
