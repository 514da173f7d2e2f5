import { reasonIn } from '../../../nodes/PaperlessNgx/resources/processedMail/presentMail';

const frames = 'Traceback (most recent call last):\n  File "a.py", line 1, in a\n    raise b\n';
const cause = '\nThe above exception was the direct cause of the following exception:\n\n';

describe('why a mail was not processed', () => {
	it.each([
		['nothing is reported', null, null],
		['the report says nothing', 'NoneType: None\n', null],
		[
			'the queue passes the reason on (3.0)',
			`documents.consumer.ConsumerError: bill.pdf: It is broken\n${cause}${frames}celery.exceptions.ChordError: Dependency raised`,
			'bill.pdf: It is broken',
		],
		[
			'other exceptions led to it (2.x)',
			`${frames}pikepdf._core.PdfError: no trailer\n${cause}${frames}documents.consumer.ConsumerError: bill.pdf: It is broken\n`,
			'bill.pdf: It is broken',
		],
		[
			'an exception has no message',
			`${frames}ocrmypdf.InputFileError\n`,
			'ocrmypdf.InputFileError',
		],
		['only the queue failed', `${frames}celery.exceptions.TimeLimit: 60\n`, '60'],
	])('is read where %s', (_, report, reason) => {
		expect(reasonIn(report)).toBe(reason);
	});
});
