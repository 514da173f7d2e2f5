import { deliverySubject } from '../../../nodes/PaperlessNgxWebhookTrigger/deliverySubject';

describe('The subject of a delivery', () => {
	it.each([
		[{ doc_id: '8', doc_url: 'http://paperless.test/documents/8/' }, 8],
		[{ doc_url: 'http://paperless.test/sub/documents/8/' }, 8],
		[{ doc_id: '', doc_url: 'None/documents/8/' }, 8],
	])('is the document of %j', (body, document) => {
		expect(deliverySubject('documentAdded', body)).toEqual({ document });
	});

	it.each([
		[{}],
		['8'],
		[null],
		[{ doc_id: '-8' }],
		[{ doc_id: '8.5' }],
		[{ doc_id: 8 }],
		[[8]],
		[{ doc_id: '9'.repeat(20) }],
	])('is undefined for %j', (body) => {
		expect(deliverySubject('documentUpdated', body)).toBeUndefined();
	});

	it.each([
		{ doc_title: `/tmp/${'a'.repeat(5000)}.pdf`, added: '2024-05-01' },
		{ doc_title: '/tmp/a.pdf', added: '1'.repeat(500) },
	])('is undefined where it would fill what n8n saves', (body) => {
		expect(deliverySubject('consumptionStarted', body)).toBeUndefined();
	});

	it('is undefined when the time of a file is missing', () => {
		expect(deliverySubject('consumptionStarted', { doc_title: '/tmp/a.pdf' })).toBeUndefined();
	});
});
