const row = '$collection.item.value';

/** Whether a field is to be seen with the other values of its row. */
const isShown =
	`Object.entries(field.displayOptions?.show || {}).every(([key, values]) => values.includes(${row}[key]))` +
	` && Object.entries(field.displayOptions?.hide || {}).every(([key, values]) => !values.includes(${row}[key]))`;

/** The label of a choice, the number of something from the server, else the value itself. */
const label =
	'(field.options || []).find((option) => option.value === value)?.name' +
	' ?? (Number(value) && field.typeOptions?.loadOptionsMethod ? "Field " + value : value)';

/**
 * How the editor heads a repeating row: by the values of these fields, in the words of the panel. A
 * row without any of them is headed by its number, as n8n does it.
 */
export const rowTitle = (...names: string[]): string =>
	`={{ ${JSON.stringify(names)}` +
	'.map((name) => $collection.item.properties.find((field) => field.name === name))' +
	`.filter((field) => ${isShown})` +
	`.map((field) => { const value = ${row}[field.name]; return ${label}; })` +
	'.filter((part) => (part ?? "") !== "").map((part) => String(part).replace(/^=/, "")).join(" ") }}';
