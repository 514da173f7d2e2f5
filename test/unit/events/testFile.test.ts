import { isTestFile, testFileName } from '../../../nodes/events/testFile';

const id = '3f0c1e5a-52b7-4c7e-9d1a-0b6c8f3e2a11';

describe('A file of a test delivery', () => {
	it('is recognized by its name', () => {
		expect(isTestFile(testFileName(id))).toBe(true);
	});

	it.each([
		'n8n-test-delivery-.pdf',
		'n8n-test-delivery-invoice.pdf',
		`n8n-test-delivery-${id}.pdf.exe`,
		`n8n-test-delivery-${id}xpdf`,
		`n8n-test-delivery-${id.toUpperCase()}.pdf`,
		`n8n-test-delivery-${id} copy.pdf`,
		`my-n8n-test-delivery-${id}.pdf`,
		`n8n-test-delivery-${id.replace('-4', '-1')}.pdf`,
	])('is not a file that somebody called alike: %s', (name) => {
		expect(isTestFile(name)).toBe(false);
	});
});
