import { fileNameFrom } from '../../../nodes/api/fileNameFrom';

describe('The name in a Content-Disposition header', () => {
	it.each([
		['attachment; filename="invoice.pdf"', 'invoice.pdf'],
		['attachment; filename=invoice.pdf', 'invoice.pdf'],
		['inline; filename="a b.pdf"; size=3', 'a b.pdf'],
		[
			`inline; filename="2024-06-21 .pdf"; filename*=utf-8''2024-06-21%20ticket.pdf`,
			'2024-06-21 ticket.pdf',
		],
		[`attachment; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf; filename=".pdf"`, '請求書.pdf'],
		[`attachment; filename*=utf-8''Geb%C3%BChr.pdf`, 'Gebühr.pdf'],
		['attachment; filename="say \\"hello\\".pdf"', 'say "hello".pdf'],
		['attachment; filename="2024/Meter reading.txt"', 'Meter reading.txt'],
		['attachment; filename="C:\\\\scans\\\\a.pdf"', 'a.pdf'],
		[`attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd`, 'passwd'],
		[`attachment; filename*=utf-8''100%.pdf`, '100%.pdf'],
		[`attachment; filename*=utf-8''100%25%zz.pdf`, '100%%zz.pdf'],
		['ATTACHMENT; FILENAME="UPPER.PDF"', 'UPPER.PDF'],
	])('%s is %s', (header, name) => {
		expect(fileNameFrom(header)).toBe(name);
	});

	it.each([
		[`attachment; filename="a\u0000b\u0007.pdf"`, 'ab.pdf'],
		[`attachment; filename*=utf-8''gpj.exe%E2%80%AE.pdf`, 'gpj.exe.pdf'],
		[`attachment; filename="${'x'.repeat(300)}.pdf"`, `${'x'.repeat(196)}.pdf`],
	])('%j is %s without what a file name must not contain', (header, name) => {
		expect(fileNameFrom(header)).toBe(name);
	});

	it.each([
		['attachment; filename=".htaccess"', '_.htaccess'],
		['attachment; filename="..invoice.pdf"', 'invoice.pdf'],
		['attachment; filename="con.pdf"', '_con.pdf'],
		['attachment; filename="LPT1"', '_LPT1'],
		['attachment; filename="contract.pdf"', 'contract.pdf'],
	])('%s is %s, neither hidden nor reserved', (header, name) => {
		expect(fileNameFrom(header)).toBe(name);
	});

	it.each([
		'attachment; filename=".."',
		'attachment; filename="..."',
		"attachment; filename*=utf-8''%2E%2E",
		"attachment; filename*=utf-8''%00%0A",
		'attachment; filename="???"',
		undefined,
		'',
		'attachment',
		'attachment; filename=""',
		'inline; filename="folder/"',
	])('is missing in %s', (header) => {
		expect(fileNameFrom(header)).toBeUndefined();
	});
});
