const entities = new Map([
	['lt', '<'],
	['gt', '>'],
	['amp', '&'],
	['quot', '"'],
	['#x27', "'"],
	['#39', "'"],
]);

/** The text of a piece of HTML such as `<b>Gas</b> &amp; water`, as search highlights are. */
export const plainText = (html: string): string =>
	html
		.replace(/<[^<>]*>/g, '')
		.replace(/&(lt|gt|amp|quot|#x27|#39);/g, (_, name: string) => entities.get(name) ?? '');
