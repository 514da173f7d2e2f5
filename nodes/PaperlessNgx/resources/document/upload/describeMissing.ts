import type { PaperlessError } from '../../../../api/errors';
import type { Document } from '../../../../api/schemas/document';
import { describeShortfalls } from '../../../../documents/edit/describeShortfalls';
import type { Shortfall } from '../../../../documents/edit/shortfallsOf';
import type { DocumentState } from '../../../../documents/edit/documentState';
import type { Context } from '../../../../toolkit/operation';
import type { Difference } from './differenceFrom';

/** The error of a document that is not as asked, with what is there instead. */
export async function describeMissing(
	context: Context,
	document: Document,
	{ values, tags, customFields, permissions, note }: Difference,
): Promise<PaperlessError> {
	const held = new Map((document.custom_fields ?? []).map(({ field, value }) => [field, value]));
	const ofFields = Object.entries(customFields).map(([key, wanted]): Shortfall => {
		const [field, found] = [Number(key), held.get(Number(key))];
		const isNotLinkedBack = JSON.stringify(found) === JSON.stringify(wanted);
		return { subject: 'custom_fields', field, found, isNotLinkedBack };
	});
	const shortfalls: Shortfall[] = [
		...(Object.keys(values) as Array<keyof DocumentState['values']>).map((subject) => ({
			subject,
			found: document[subject],
		})),
		...(tags.length > 0 ? [{ subject: 'tags', missing: tags, left: [] } as const] : []),
		...ofFields,
		...(permissions ? [{ subject: 'permissions' } as const] : []),
		...(note === '' ? [] : [{ subject: 'notes' } as const]),
	];
	return await describeShortfalls(context, document.id, shortfalls, 'upload');
}
