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
		return [{ json: { next_asn: await api.documents.nextAsn() } }];
	},
});
