import { PaperlessError } from '../../../api/errors';
import { largestSerialNumber } from '../../../documents/largestSerialNumber';
import { defineOperation } from '../../../toolkit/operation';

export const getNextAsn = defineOperation({
	value: 'getNextAsn',
	name: 'Get Next ASN',
	action: 'Get next archive serial number',
	description:
		'Retrieve the next free archive serial number; documents in the trash may still hold it',
	access: 'read',
	parameters: [],
	async execute({ api }) {
		const next = await api.documents.nextAsn();
		if (next <= largestSerialNumber) return [{ json: { next_asn: next } }];
		throw new PaperlessError('invalid', 'There is no next archive serial number', {
			description: `A document has ${next - 1}, the largest number that Paperless-ngx accepts, and the server counts from the largest. Give this document another number, or clear it.`,
		});
	},
});
