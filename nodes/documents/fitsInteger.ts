/** Whether the server can store a number as an integer (docs/paperless-api.md#custom-field-limits). */
export const fitsInteger = (value: number): boolean =>
	Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
